# Every family, kind and protocol there is: only TCP may be made.
# expect: RETURNED \[\[2,1],\[10,1]]

import socket


def main(event, context):
    made = []
    for family in range(50):
        for kind in range(1, 11):
            try:
                socket.socket(family, kind).close()
                made.append([family, kind])
            except OSError:
                pass
    for family in (socket.AF_INET, socket.AF_INET6):
        for protocol in (1, 17, 132, 262):
            try:
                socket.socket(family, socket.SOCK_STREAM, protocol).close()
                made.append([family, protocol])
            except OSError:
                pass
    return made
