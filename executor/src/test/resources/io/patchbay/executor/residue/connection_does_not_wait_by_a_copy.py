# Has reads from the connection not wait, by a copy of it that came over a socket.
# leaves, discarded
import fcntl
import os
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [3])
        os.set_blocking(socket.recv_fds(theirs, 1, 1)[1][0], False)
        return "left"
    return fcntl.fcntl(3, fcntl.F_GETFL) & os.O_NONBLOCK
