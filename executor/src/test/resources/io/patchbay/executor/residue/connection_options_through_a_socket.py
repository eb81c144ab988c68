# Sets options of the connection that are seldom used, with a copy of it.
# leaves, discarded
import socket

# Urgent data in line, no checksums, time stamps, losses.
OPTIONS = (10, 11, 35, 37, 40)


def main(event, context):
    connection = socket.socket(fileno=3)
    try:
        if event["step"] == "leave":
            ours, theirs = socket.socketpair()
            socket.send_fds(ours, [b"x"], [3])
            copy = socket.socket(fileno=socket.recv_fds(theirs, 1, 1)[1][0])
            for option in OPTIONS:
                copy.setsockopt(socket.SOL_SOCKET, option, 1)
            return "left"
        return [connection.getsockopt(socket.SOL_SOCKET, option) for option in OPTIONS]
    finally:
        connection.detach()
