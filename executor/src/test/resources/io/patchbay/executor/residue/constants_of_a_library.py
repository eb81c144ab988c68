# Changes a constant text of the C library and protects its page again.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
libc.strerror.restype = ctypes.c_void_p
NOT_THERE = 2
at = libc.strerror(NOT_THERE)


def protect(rights):
    libc.mprotect(ctypes.c_void_p(at & -4096), ctypes.c_size_t(8192), rights)


def main(event, context):
    if event["step"] == "leave":
        protect(3)
        ctypes.memmove(at, b"Left", 4)
        protect(1)
        return ctypes.string_at(at, 4).decode()
    return ctypes.string_at(at).decode()
