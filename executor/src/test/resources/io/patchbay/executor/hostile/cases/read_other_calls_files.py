# Waits for files of calls that run at the same time; each of them makes one.
# expect: RETURNED \[\]

import os
import time


# What lies beside /tmp where that is the temporary folder.
ROOT = {"dev", "etc", "lib", "lib64", "opt", "tmp", "usr"}


def main(event, context):
    found = set()
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        found.update(os.listdir("."))
        for folder in ("..", "/var/tmp", "/dev/shm", "/run", event["work"]):
            try:
                found.update(set(os.listdir(folder)) - ROOT)
            except (FileNotFoundError, PermissionError):
                pass
    return sorted(found)
