# Moves the end of the heap by some bytes, which changes no mapping.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
libc.syscall.restype = ctypes.c_size_t
BRK = 12


def main(event, context):
    end = libc.syscall(BRK, ctypes.c_size_t(0))
    if event["step"] == "leave":
        moved = libc.syscall(BRK, ctypes.c_size_t(end - 48))
        return "left" if moved == end - 48 else "nothing"
    return end % 4096
