# Sets how long reads from the connection wait, by a copy of it that came over a socket.
# leaves, discarded
import socket
import struct


def main(event, context):
    connection = socket.socket(fileno=3)
    try:
        if event["step"] == "leave":
            ours, theirs = socket.socketpair()
            socket.send_fds(ours, [b"x"], [3])
            copy = socket.socket(fileno=socket.recv_fds(theirs, 1, 1)[1][0])
            copy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@qq", 77, 0))
            return "left"
        return connection.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, 16).hex()
    finally:
        connection.detach()
