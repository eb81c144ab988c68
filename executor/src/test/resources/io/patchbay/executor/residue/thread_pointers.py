# Sets the base of the segment that no library uses, by the call for it.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PRCTL, SET_GS, GET_GS = 158, 0x1001, 0x1004


def base():
    value = ctypes.c_size_t()
    libc.syscall(PRCTL, GET_GS, ctypes.byref(value))
    return value.value


def main(event, context):
    if event["step"] == "leave":
        result = libc.syscall(PRCTL, SET_GS, ctypes.c_size_t(0x123456000))
        return "left" if result == 0 else f"refused: {ctypes.get_errno()}"
    return base()
