# Speaks with the kernel about routes, filters and processes.
# expect: RETURNED \[13]

import socket


def main(event, context):
    errors = set()
    for protocol in range(23):
        try:
            socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
            errors.add("open")
        except OSError as error:
            errors.add(error.errno)
    return sorted(errors, key=str)
