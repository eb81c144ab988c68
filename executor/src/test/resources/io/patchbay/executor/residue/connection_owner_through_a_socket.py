# Sets who is told of what comes over the connection, with a copy of it.
# leaves, discarded
# landlock: refused
import fcntl
import os
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [3])
        copy = socket.recv_fds(theirs, 1, 1)[1][0]
        try:
            fcntl.fcntl(copy, fcntl.F_SETOWN, os.getpid())
        except PermissionError:
            return "refused"
        return "left"
    return fcntl.fcntl(3, fcntl.F_GETOWN)
