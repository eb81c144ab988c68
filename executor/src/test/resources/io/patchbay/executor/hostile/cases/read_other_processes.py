# Looks for the environment, memory and files of whatever else runs, the server included.
# expect: RETURNED \[\]
# landlock: RETURNED \["/proc/self/cwd","/proc/thread-self/cwd"]

import os


def main(event, context):
    found = []
    for process in ("1", "2", "self", "thread-self", str(os.getppid()), str(event["server"])):
        for entry in ("environ", "mem", "maps", "root", "cwd", "fd", "status"):
            path = f"/proc/{process}/{entry}"
            try:
                os.close(os.open(path, os.O_RDONLY))
                found.append(path)
            except OSError:
                pass
    return found
