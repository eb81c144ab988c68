# Leaves files wherever it can, hidden, without permissions, and open.
# expect: RETURNED \["/tmp"]

import os

kept = []


def main(event, context):
    written = []
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/dev", "/etc", "/usr", "/", event["work"]):
        try:
            kept.append(open(os.path.join(folder, ".left_behind"), "w"))
            os.chmod(kept[-1].name, 0)
            written.append(folder)
        except OSError:
            pass
    return written
