# Gives the kernel advice about memory, which joins two mappings in a later call.
# leaves, put back
import ctypes
import mmap

libc = ctypes.CDLL(None)
libc.mremap.restype = ctypes.c_size_t
libc.mremap.argtypes = [*3 * [ctypes.c_size_t], ctypes.c_int]
HALF = 1 << 20
memory = mmap.mmap(-1, 2 * HALF, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))
RANDOM, SEQUENTIAL, NO_COPY, MAY_MOVE = 1, 2, 10, 1
FAILED = 2**64 - 1


def advise(start, advice):
    return libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(HALF), advice)


advise(at, NO_COPY)
advise(at + HALF, NO_COPY)
advise(at + HALF, RANDOM)


def main(event, context):
    if event["step"] == "leave":
        return "left" if advise(at, SEQUENTIAL) == 0 else "nothing"
    advise(at + HALF, SEQUENTIAL)
    moved = libc.mremap(at, 2 * HALF, 2 * HALF + 4096, MAY_MOVE)
    return moved != FAILED
