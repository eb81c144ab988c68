# Lists /tmp, which changes the time of its last reading.
# leaves, put back
import os

# Where calls share a file system, their folders are measured, and so read, by others as well.
SHARED = os.stat(".").st_dev == os.stat("..").st_dev


def main(event, context):
    if event["step"] == "leave":
        os.listdir()
        return "left"
    stat = os.stat(".")
    return None if SHARED else stat.st_atime_ns - stat.st_ctime_ns
