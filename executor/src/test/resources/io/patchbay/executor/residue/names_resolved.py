# Keeps what was told about a name, and how long to wait for it.
# leaves, put back
import socket


def main(event, context):
    if event["step"] == "leave":
        socket.setdefaulttimeout(7)
        socket.getaddrinfo = lambda *_, **__: [("left",)]
        return socket.getaddrinfo("left", 1)[0][0]
    return [socket.getdefaulttimeout(), socket.getaddrinfo.__name__]
