# Starts a timer that is read from a descriptor.
# leaves, put back
import ctypes
import os

libc = ctypes.CDLL(None)


def main(event, context):
    if event["step"] == "leave":
        timer = libc.timerfd_create(1, 0)
        libc.timerfd_settime(timer, 0, (ctypes.c_long * 4)(1, 0, 1, 0), None)
        return "left" if timer > 3 else "nothing"
    timer = os.dup(os.open("/dev/null", os.O_RDONLY))
    return timer
