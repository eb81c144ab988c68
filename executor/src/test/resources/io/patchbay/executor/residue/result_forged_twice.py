# Sends two results at once, so that the second would be taken for that of the next call.
# leaves, discarded
import os
import struct

RESULT = 0x16


def frame(json):
    return struct.pack(">BI", RESULT, len(json)) + json


def main(event, context):
    if event["step"] == "leave":
        os.write(3, frame(b'"left"') + frame(b'"of another"'))
    return []
