# Gets a copy of standard in over a socket and sets flags of the open file with it.
# leaves, discarded
import fcntl
import os
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [0])
        copy = socket.recv_fds(theirs, 1, 1)[1][0]
        fcntl.fcntl(copy, fcntl.F_SETFL, os.O_NONBLOCK)
        return "left"
    return fcntl.fcntl(0, fcntl.F_GETFL) & os.O_NONBLOCK
