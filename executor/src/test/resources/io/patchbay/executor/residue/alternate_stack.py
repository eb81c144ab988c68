# Sets the stack of signal handlers.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)


class Stack(ctypes.Structure):
    _fields_ = [("at", ctypes.c_size_t), ("flags", ctypes.c_int), ("size", ctypes.c_size_t)]


def stack():
    now = Stack()
    libc.sigaltstack(None, ctypes.byref(now))
    return [now.at, now.flags, now.size]


begin = stack()


def main(event, context):
    if event["step"] == "leave":
        libc.sigaltstack(ctypes.byref(Stack(0x123456000, 0, 65536)), None)
        return "left" if stack()[0] == 0x123456000 else "nothing"
    return stack() == begin
