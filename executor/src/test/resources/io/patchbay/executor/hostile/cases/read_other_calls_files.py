# Waits for files of calls that run at the same time; each of them writes /tmp/mine.
# expect: RETURNED \[\]

import os
import time


def main(event, context):
    found = set()
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        found.update(os.listdir("/tmp"))
        for folder in ("/var/tmp", "/dev/shm", "/run", event["work"]):
            if os.path.isdir(folder):
                found.update(os.listdir(folder))
    return sorted(found)
