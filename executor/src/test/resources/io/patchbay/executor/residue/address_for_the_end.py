# Has the kernel keep an address that it clears when the thread ends.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
SET = 218


def main(event, context):
    if event["step"] == "leave":
        return "left" if libc.syscall(SET, ctypes.c_size_t(0x123456000)) > 0 else "nothing"
    return []
