# Asks to be told when others use files that all calls can read, and marks such files.
# expect: RETURNED \[\]

import fcntl
import os
import signal
import sysconfig

SET_HINT, SET_HINT_OF_FILE = 1036, 1038
MODIFY_ACCESS_AND_GO_ON = fcntl.DN_ACCESS | fcntl.DN_MODIFY | fcntl.DN_MULTISHOT
LONG = (5).to_bytes(8, "little")


def attempts():
    folder = os.open(sysconfig.get_path("stdlib"), os.O_RDONLY | os.O_DIRECTORY)
    file = os.open(os.__file__, os.O_RDONLY)
    yield lambda: fcntl.fcntl(folder, fcntl.F_NOTIFY, MODIFY_ACCESS_AND_GO_ON)
    yield lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    for descriptor in (folder, file, 1, 3):
        yield lambda fd=descriptor: fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGUSR1)
        yield lambda fd=descriptor: fcntl.fcntl(fd, fcntl.F_SETOWN, os.getpid())
        yield lambda fd=descriptor: fcntl.fcntl(fd, 15, (0).to_bytes(4, "little") * 2)
        yield lambda fd=descriptor: fcntl.fcntl(fd, SET_HINT, LONG)
        yield lambda fd=descriptor: fcntl.fcntl(fd, SET_HINT_OF_FILE, LONG)


def main(event, context):
    succeeded = []
    for number, attempt in enumerate(attempts()):
        try:
            attempt()
            succeeded.append(number)
        except PermissionError:
            pass
    return succeeded
