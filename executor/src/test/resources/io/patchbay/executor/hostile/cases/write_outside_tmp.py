# Writes, makes, renames and removes beside /tmp.
# expect: RETURNED \[(30|13|1),(30|13|1),(30|13|1),(30|13|1),(30|13|1),(30|13|1)]

import os


def main(event, context):
    attempts = (
        lambda: open("/x", "w"),
        lambda: open("/usr/x", "w"),
        lambda: open("/etc/passwd", "w"),
        lambda: os.mkdir("/dev/x"),
        lambda: os.rename("/etc/passwd", "/etc/x"),
        lambda: os.unlink("/etc/resolv.conf"),
    )
    errors = []
    for attempt in attempts:
        try:
            attempt()
            errors.append("done")
        except OSError as error:
            errors.append(error.errno)
    return errors
