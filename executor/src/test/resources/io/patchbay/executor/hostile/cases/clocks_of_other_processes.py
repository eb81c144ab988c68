# Reads how much other processes have worked, and waits until they have worked more.
# expect: RETURNED \[\]

import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
PROCESS, THREAD = 2, 6
NANOSECOND = (ctypes.c_long * 2)(0, 1)


def main(event, context):
    succeeded = []
    for process in {event["server"], os.getppid(), 1} - {0, os.getpid()}:
        for kind in (PROCESS, THREAD):
            clock = (~process << 3) | kind
            for look in (time.clock_gettime, time.clock_getres):
                try:
                    succeeded.append([look.__name__, process, kind, look(clock)])
                except OSError:
                    pass
            if libc.clock_nanosleep(clock, 0, NANOSECOND, None) == 0:
                succeeded.append(["clock_nanosleep", process, kind])
    return succeeded
