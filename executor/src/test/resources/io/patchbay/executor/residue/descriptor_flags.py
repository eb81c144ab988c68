# Sets flags of its own four descriptors by the call for it.
# leaves, discarded
import fcntl
import os


def main(event, context):
    if event["step"] == "leave":
        for fd in (0, 1, 2):
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_APPEND)
            os.set_inheritable(fd, False)
        return "left"
    return [fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_APPEND for fd in range(4)]
