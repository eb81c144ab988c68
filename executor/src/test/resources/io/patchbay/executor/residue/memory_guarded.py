# Makes pages of the module's memory deadly to touch.
# refused
import ctypes
import mmap

libc = ctypes.CDLL(None, use_errno=True)
SIZE = 1 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * SIZE)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))
GUARD = 102


def main(event, context):
    if event["step"] == "leave":
        result = libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(8192), GUARD)
        return "left" if result == 0 else f"refused: {ctypes.get_errno()}"
    return memory[::4096].count(b"a")
