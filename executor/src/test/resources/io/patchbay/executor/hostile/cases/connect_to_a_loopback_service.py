# Connects to a service of the machine that its bot may not use.
# expect: EXCEPTION PermissionError.*

import socket


def main(event, context):
    socket.create_connection(("127.0.0.1", event["closed"]), timeout=5)
