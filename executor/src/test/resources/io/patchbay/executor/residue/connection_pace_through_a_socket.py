# Keeps a number as the highest pace of the connection, with a copy of it.
# leaves, discarded
import socket

MAX_PACING_RATE = 47


def main(event, context):
    with socket.socket(fileno=3) as connection:
        try:
            if event["step"] == "leave":
                ours, theirs = socket.socketpair()
                socket.send_fds(ours, [b"x"], [3])
                copy = socket.socket(fileno=socket.recv_fds(theirs, 1, 1)[1][0])
                copy.setsockopt(socket.SOL_SOCKET, MAX_PACING_RATE, 123456)
                return "left"
            return connection.getsockopt(socket.SOL_SOCKET, MAX_PACING_RATE)
        finally:
            connection.detach()
