# Private, link-local, shared, multicast, broadcast and unspecified addresses, none of them opened.
# expect: RETURNED \[13]

import socket

ADDRESSES = (
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "0.0.0.0",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::",
    "64:ff9b::a00:1",
)


def main(event, context):
    errors = set()
    for host in ADDRESSES:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as s:
            s.settimeout(5)
            errors.add(s.connect_ex((host, 80)))
    return sorted(errors)
