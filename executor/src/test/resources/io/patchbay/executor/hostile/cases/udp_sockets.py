# Sends datagrams, with and without a connection.
# expect: RETURNED \[13,13]

import socket


def main(event, context):
    errors = []
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.socket(family, socket.SOCK_DGRAM)
            errors.append("open")
        except OSError as error:
            errors.append(error.errno)
    return errors
