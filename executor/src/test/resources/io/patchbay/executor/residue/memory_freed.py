# Gives memory back that the module took; what was large is unmapped at once.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
large = libc.malloc(ctypes.c_size_t(1 << 20))
libc.memset(ctypes.c_void_p(large), ord("a"), 1 << 20)


def main(event, context):
    if event["step"] == "leave":
        libc.free(ctypes.c_void_p(large))
        return "left"
    return ctypes.string_at(large, 4).decode()
