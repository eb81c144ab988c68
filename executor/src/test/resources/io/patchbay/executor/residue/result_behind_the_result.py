# Sends half a frame with the result, to be taken for the beginning of the next one.
# leaves, discarded
import os
import struct


def main(event, context):
    if event["step"] == "leave":
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"' + b"\x16\0\0")
    return []
