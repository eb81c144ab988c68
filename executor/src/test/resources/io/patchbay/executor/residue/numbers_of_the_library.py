# Draws from, and seeds, the random numbers of the C library, which are the same for every process.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.drand48.restype = ctypes.c_double


def main(event, context):
    if event["step"] == "leave":
        libc.srand(77)
        libc.srand48(77)
        return [libc.rand(), libc.drand48()]
    return [libc.rand(), libc.drand48()]
