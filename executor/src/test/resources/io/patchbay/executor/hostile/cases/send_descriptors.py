# Sends descriptors that nobody receives, of which the kernel lets all of a user have few together.
# expect: RETURNED \["ETOOMANYREFS","ETOOMANYREFS","ETOOMANYREFS"\]

import errno
import resource
import socket


def send(count):
    ours, theirs = socket.socketpair()
    try:
        for _ in range(100):
            socket.send_fds(ours, [b"x"], [0] * count)
        return "sent"
    except OSError as error:
        return errno.errorcode[error.errno]


def main(event, context):
    outcomes = [send(1), send(253)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 256))
    return [*outcomes, send(1)]
