# Takes what the server might say to it, and standard input.
# expect: RETURNED \["","",0]

import os
import socket
import sys


def main(event, context):
    connection = socket.socket(fileno=os.dup(3))
    connection.setblocking(False)
    unread = 0
    try:
        unread = len(connection.recv(100))
    except BlockingIOError:
        pass
    connection.setblocking(True)
    return [sys.stdin.read(), os.read(0, 9).decode(), unread]
