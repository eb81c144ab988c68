# Shuts the reading side of the connection with a copy of it.
# ends
import socket


def main(event, context):
    if event["step"] == "leave":
        ours, theirs = socket.socketpair()
        socket.send_fds(ours, [b"x"], [3])
        copy = socket.socket(fileno=socket.recv_fds(theirs, 1, 1)[1][0])
        copy.shutdown(socket.SHUT_RD)
        return "left"
    return []
