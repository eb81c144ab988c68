# Writes to pages that nobody may touch, and takes the rights away again.
# leaves, discarded
import ctypes
import mmap

libc = ctypes.CDLL(None)
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))


def protect(rights):
    return libc.mprotect(ctypes.c_void_p(at), ctypes.c_size_t(1 << 20), rights)


protect(0)


def main(event, context):
    protect(3)
    seen = memory[:4].hex()
    if event["step"] == "leave":
        memory[:4] = b"left"
        seen = "left"
    protect(0)
    return seen
