# Grows the heap by a call into the C library and writes to it.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
libc.sbrk.argtypes = [ctypes.c_ssize_t]
SIZE = 4 << 20
begin = libc.sbrk(0)


def main(event, context):
    at = libc.sbrk(SIZE)
    found = ctypes.string_at(at + SIZE - 4, 4).hex()
    if event["step"] == "leave":
        ctypes.memmove(at + SIZE - 4, b"left", 4)
        return "left"
    return [at - begin, found]
