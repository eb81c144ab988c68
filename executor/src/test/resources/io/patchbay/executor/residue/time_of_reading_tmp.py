# Lists /tmp, which changes the time of its last reading.
# leaves, put back
import os


def main(event, context):
    if event["step"] == "leave":
        os.listdir("/tmp")
        return "left"
    stat = os.stat("/tmp")
    return stat.st_atime_ns - stat.st_ctime_ns
