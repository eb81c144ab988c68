# Prints by the C library, which keeps it until a buffer is full.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)


def main(event, context):
    if event["step"] == "leave":
        libc.printf(b"left")
        return "left"
    return libc.__fpending(ctypes.c_void_p.in_dll(libc, "stdout"))
