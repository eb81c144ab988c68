# Takes away the right to write to memory of the module.
# leaves, discarded
import ctypes
import mmap

libc = ctypes.CDLL(None)
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))


def main(event, context):
    if event["step"] == "leave":
        result = libc.mprotect(ctypes.c_void_p(at), ctypes.c_size_t(1 << 20), 1)
        return "left" if result == 0 else "nothing"
    memory[:4] = b"mine"
    return memory[:4].decode()
