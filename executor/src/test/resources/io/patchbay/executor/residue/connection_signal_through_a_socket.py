# Sets which signal tells of what comes over the connection, with a copy of it.
# leaves, discarded
# landlock: refused
import fcntl
import socket

F_SETSIG, F_GETSIG = 10, 11


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [3])
        copy = socket.recv_fds(theirs, 1, 1)[1][0]
        try:
            fcntl.fcntl(copy, F_SETSIG, 33)
        except PermissionError:
            return "refused"
        return "left"
    return fcntl.fcntl(3, F_GETSIG)
