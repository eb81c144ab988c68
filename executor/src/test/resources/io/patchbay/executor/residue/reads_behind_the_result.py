# Waits for something else than the next call when it has sent the result already.
# leaves, discarded
import os
import struct


def main(event, context):
    if event["step"] == "leave":
        pipe = os.pipe()
        os.write(3, struct.pack(">BI", 0x16, 6) + b'"left"')
        os.read(pipe[0], 1)
    return []
