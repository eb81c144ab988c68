# Speaks with the host of a virtual machine.
# expect: RETURNED \[13,13]

import socket

AF_VSOCK = 40


def main(event, context):
    errors = []
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            socket.socket(AF_VSOCK, kind)
            errors.append("open")
        except OSError as error:
            errors.append(error.errno)
    return errors
