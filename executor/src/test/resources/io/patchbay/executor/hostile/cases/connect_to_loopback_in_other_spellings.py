# The same service, in every way to write its address.
# expect: RETURNED \[13,13,13,13,13,13]

import socket


def main(event, context):
    port = event["closed"]
    errors = []
    for host in ("127.0.0.1", "127.1", "0.0.0.0", "2130706433"):
        with socket.socket() as s:
            errors.append(s.connect_ex((socket.inet_ntoa(socket.inet_aton(host)), port)))
    for host in ("::1", "::ffff:127.0.0.1"):
        with socket.socket(socket.AF_INET6) as s:
            errors.append(s.connect_ex((host, port)))
    return errors
