# Reads what passes the machine's interfaces.
# expect: RETURNED \[13,13]

import socket

ALL_PROTOCOLS = 0x0300


def main(event, context):
    errors = []
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
        try:
            socket.socket(socket.AF_PACKET, kind, ALL_PROTOCOLS)
            errors.append("open")
        except OSError as error:
            errors.append(error.errno)
    return errors
