# Ends the first thread, on which the process is put back, while another goes on.
# leaves, discarded
import ctypes
import os
import struct
import threading
import time

libc = ctypes.CDLL(None)
EXIT = 60


def main(event, context):
    if event["step"] == "leave":
        threading.Thread(target=time.sleep, args=(60,)).start()
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        libc.syscall(EXIT, 0)
    return []
