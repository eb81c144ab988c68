# Gives the kernel advice about memory, which joins two mappings in a later call.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
libc.mmap.restype = libc.mremap.restype = ctypes.c_size_t
libc.mmap.argtypes = [*2 * [ctypes.c_size_t], *3 * [ctypes.c_int], ctypes.c_long]
libc.mremap.argtypes = [*3 * [ctypes.c_size_t], ctypes.c_int]
libc.madvise.argtypes = libc.mprotect.argtypes = [*2 * [ctypes.c_size_t], ctypes.c_int]
PART = 1 << 20
WRITE, PRIVATE_ANONYMOUS, MAY_MOVE = 3, 0x22, 1
NORMAL, RANDOM, NO_COPY, COPY = 0, 1, 10, 11
FAILED = 2**64 - 1

# Two mappings between others that nobody may read, so that they are joined with no other.
one = libc.mmap(0, 4 * PART, 0, PRIVATE_ANONYMOUS, -1, 0) + PART
two = one + PART
libc.mprotect(one, 2 * PART, WRITE)
libc.madvise(one, PART, RANDOM)


def main(event, context):
    if event["step"] == "leave":
        return "left" if libc.madvise(one, PART, NO_COPY) == 0 else "nothing"
    libc.madvise(two, PART, NO_COPY)
    libc.madvise(two, PART, RANDOM)
    joined = libc.mremap(one, 2 * PART, 3 * PART, MAY_MOVE) != FAILED
    libc.madvise(two, PART, NORMAL)
    libc.madvise(two, PART, COPY)
    return joined
