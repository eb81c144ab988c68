# Shrinks the heap below what it was.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
libc.sbrk.argtypes = [ctypes.c_ssize_t]
libc.sbrk(1 << 20)
begin = libc.sbrk(0)


def main(event, context):
    if event["step"] == "leave":
        libc.sbrk(-(512 << 10))
        return "left"
    return libc.sbrk(0) - begin
