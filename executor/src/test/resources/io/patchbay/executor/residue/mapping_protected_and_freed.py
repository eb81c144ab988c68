# Takes rights to memory of the module away and gives them back, with a write between.
# leaves, put back
import ctypes
import mmap

libc = ctypes.CDLL(None)
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))


def protect(rights):
    return libc.mprotect(ctypes.c_void_p(at), ctypes.c_size_t(1 << 20), rights)


def main(event, context):
    if event["step"] == "leave":
        protect(0)
        protect(3)
        memory[:4] = b"left"
        protect(1)
        protect(3)
    return "left" if event["step"] == "leave" else memory[:4].hex()
