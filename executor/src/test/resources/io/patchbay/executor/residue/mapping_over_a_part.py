# Maps other memory over the middle of memory of the module.
# leaves, discarded
import ctypes
import mmap

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_size_t
libc.mmap.argtypes = [*2 * [ctypes.c_size_t], *3 * [ctypes.c_int], ctypes.c_long]
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))
WRITE, PRIVATE, FIXED, ANONYMOUS = 3, 2, 0x10, 0x20


def main(event, context):
    if event["step"] == "leave":
        libc.mmap(at + 65536, 4096, WRITE, PRIVATE | FIXED | ANONYMOUS, -1, 0)
        memory[65536:65540] = b"left"
        return "left"
    return memory[65536:65540].hex()
