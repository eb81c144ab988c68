# Writes half a frame to the connection when it has sent its result, and goes on.
# leaves, discarded
import os
import struct
import time


def main(event, context):
    if event["step"] == "leave":
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        os.write(3, b"\x16\0\0")
        time.sleep(5)
    return []
