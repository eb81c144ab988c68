# Connects by sending: the first data would travel before anybody has decided.
# expect: RETURNED \[13,13,1]

import socket

MSG_FASTOPEN, TCP_FASTOPEN_CONNECT = 0x20000000, 30


def main(event, context):
    target = ("127.0.0.1", event["closed"])
    attempts = (
        lambda s: s.sendto(b"x", MSG_FASTOPEN, target),
        lambda s: s.sendmsg([b"x"], [], MSG_FASTOPEN, target),
        lambda s: s.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1),
    )
    errors = []
    for attempt in attempts:
        with socket.socket() as s:
            try:
                attempt(s)
                errors.append("done")
            except OSError as error:
                errors.append(error.errno)
    return errors
