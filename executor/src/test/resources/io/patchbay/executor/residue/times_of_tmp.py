# Keeps a number as the time when /tmp was last read.
# leaves, discarded
# landlock: refused
import os


def main(event, context):
    now = os.stat(".")
    if event["step"] == "leave":
        try:
            os.utime(".", ns=(123456789, now.st_mtime_ns))
        except PermissionError:
            return "refused"
        return "left"
    return now.st_atime_ns == 123456789
