# Blocks a signal while it waits with the old mask, so that from outside nothing is blocked.
# leaves, discarded
import ctypes
import os
import signal
import struct

libc = ctypes.CDLL(None)


def main(event, context):
    if event["step"] == "leave":
        old = (ctypes.c_ulong * 16)()
        libc.sigprocmask(0, None, ctypes.byref(old))
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        libc.sigsuspend(ctypes.byref(old))
    return [int(s) for s in signal.pthread_sigmask(signal.SIG_BLOCK, [])]
