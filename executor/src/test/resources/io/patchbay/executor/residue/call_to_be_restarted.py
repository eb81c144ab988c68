# Leaves a sleep that the kernel could restart, since its process is stopped within it.
# leaves, discarded
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
RESTART = 219


def main(event, context):
    if event["step"] == "leave":
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        while True:
            libc.usleep(200_000)
    return [libc.syscall(RESTART), ctypes.get_errno()]
