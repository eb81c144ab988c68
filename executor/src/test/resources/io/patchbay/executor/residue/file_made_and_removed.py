# Makes a file in /tmp and removes it, which changes the number of the next one.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        open("/tmp/left", "w").close()
        os.remove("/tmp/left")
        os.utime("/tmp", ns=(0, 0))
        return "left"
    return os.stat("/tmp").st_mtime_ns > 0
