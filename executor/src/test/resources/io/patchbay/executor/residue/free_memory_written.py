# Writes to memory of the C library that is free, where the next owner could find it.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
SIZES = (24, 100, 1000, 5000, 20_000, 100_000)
MARK = bytes(range(200, 204))  # nothing that the source has in memory


def main(event, context):
    found = []
    for size in SIZES:
        at = libc.malloc(ctypes.c_size_t(size))
        found.append(MARK in ctypes.string_at(at, size))
        if event["step"] == "leave":
            libc.memset(ctypes.c_void_p(at), 0, size)
            ctypes.memmove(at, MARK * (size // 4), size // 4 * 4)
        libc.free(ctypes.c_void_p(at))
    return "left" if event["step"] == "leave" else found
