# Ends the connection that its result would go through, and waits.
# expect: KILLED .*

import socket
import time


def main(event, context):
    socket.socket(fileno=3).shutdown(socket.SHUT_RDWR)
    time.sleep(60)
