# Puts a copy of standard out in its own place, marked to be closed by exec.
# leaves, discarded
import fcntl
import os
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [1])
        copy = socket.recv_fds(theirs, 1, 1)[1][0]
        os.dup2(copy, 1, inheritable=False)
        return "left"
    return fcntl.fcntl(1, fcntl.F_GETFD)
