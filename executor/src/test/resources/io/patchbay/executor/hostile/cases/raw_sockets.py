# Sends packets of its own making.
# expect: RETURNED \[13,13,13]

import socket


def main(event, context):
    errors = []
    for family, protocol in (
        (socket.AF_INET, socket.IPPROTO_ICMP),
        (socket.AF_INET, socket.IPPROTO_RAW),
        (socket.AF_INET6, socket.IPPROTO_ICMPV6),
    ):
        try:
            socket.socket(family, socket.SOCK_RAW, protocol)
            errors.append("open")
        except OSError as error:
            errors.append(error.errno)
    return errors
