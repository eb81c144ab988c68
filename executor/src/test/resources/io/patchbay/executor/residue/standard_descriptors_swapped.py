# Swaps standard out and standard error.
# leaves, discarded
import os
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [1, 2])
        one, two = socket.recv_fds(theirs, 1, 2)[1]
        os.dup2(one, 2)
        os.dup2(two, 1)
        return "left"
    return os.fstat(1).st_ino < os.fstat(2).st_ino
