# Leaves files wherever it can, hidden, without permissions, and open.
# expect: RETURNED \["\."]

import os

kept = []


def main(event, context):
    written = []
    for folder in (".", "/var/tmp", "/dev/shm", "/dev", "/etc", "/usr", "/", event["work"]):
        try:
            kept.append(open(os.path.join(folder, ".left_behind"), "w"))
            written.append(folder)
            os.chmod(kept[-1].name, 0)
        except OSError:
            pass
    return written
