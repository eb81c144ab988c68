# Changes what Landlock does not decide: limits, permissions and times of what is not its own.
# expect: RETURNED \[\]

import fcntl
import os
import resource


def attempts(event):
    yield lambda: resource.prlimit(os.getppid() or 2, resource.RLIMIT_NOFILE)
    yield lambda: resource.prlimit(event["server"], resource.RLIMIT_NOFILE, (1, 1))
    yield lambda: os.chmod(event["work"], 0o777)
    yield lambda: os.chmod("/usr/bin", 0o777)
    yield lambda: os.utime(event["secret"])
    yield lambda: os.truncate(event["secret"], 0)
    yield lambda: os.rename(event["secret"], "mine")
    yield lambda: os.link(event["secret"], "mine")
    yield lambda: os.setxattr(event["secret"], "user.x", b"x")
    yield lambda: os.chown(event["secret"], os.getuid(), os.getgid())
    yield lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19)
    yield lambda: os.sched_setaffinity(os.getppid(), {0})
    yield lambda: fcntl.fcntl(open("/usr/bin/env"), fcntl.F_SETLEASE, fcntl.F_RDLCK)
    yield lambda: os.listdir("/proc/self/task")
    yield lambda: os.mkfifo("pipe")


def main(event, context):
    succeeded = []
    for number, attempt in enumerate(attempts(event)):
        try:
            attempt()
            succeeded.append(number)
        except OSError:
            pass
    return succeeded
