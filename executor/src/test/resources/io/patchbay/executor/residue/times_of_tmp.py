# Keeps a number as the time when /tmp was last read.
# leaves, discarded
import os


def main(event, context):
    now = os.stat("/tmp")
    if event["step"] == "leave":
        os.utime("/tmp", ns=(123456789, now.st_mtime_ns))
        return "left"
    return now.st_atime_ns == 123456789
