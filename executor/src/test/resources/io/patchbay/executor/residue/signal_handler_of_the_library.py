# Gives a signal that is handled already another handler.
# leaves, discarded
import ctypes
import signal

libc = ctypes.CDLL(None)
ACTION = ctypes.c_size_t * 20


def action():
    now = ACTION()
    libc.sigaction(int(signal.SIGINT), None, now)
    return now


begin = action()[0]


def main(event, context):
    now = action()
    if event["step"] == "leave":
        now[0] = ctypes.cast(libc.abs, ctypes.c_void_p).value
        libc.sigaction(int(signal.SIGINT), now, None)
        return "left" if action()[0] == now[0] else "nothing"
    return now[0] == begin
