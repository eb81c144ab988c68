# Keeps something in memory that the kernel may drop and that nobody can track.
# leaves, in a process for each call
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_size_t
libc.mmap.argtypes = [*2 * [ctypes.c_size_t], *3 * [ctypes.c_int], ctypes.c_long]
WRITE, DROPPABLE, ANONYMOUS = 3, 8, 0x20
at = libc.mmap(0, 4096, WRITE, DROPPABLE | ANONYMOUS, -1, 0)


def main(event, context):
    if at == 2**64 - 1:
        return "left" if event["step"] == "leave" else None
    if event["step"] == "leave":
        ctypes.memmove(at, b"left", 4)
        return ctypes.string_at(at, 4).decode()
    return ctypes.string_at(at, 4).hex()
