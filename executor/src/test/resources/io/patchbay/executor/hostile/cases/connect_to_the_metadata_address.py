# Asks the cloud for the machine's keys.
# expect: RETURNED \[13,13,13]

import socket


def main(event, context):
    errors = []
    for family, host in (
        (socket.AF_INET, "169.254.169.254"),
        (socket.AF_INET6, "fd00:ec2::254"),
        (socket.AF_INET6, "::ffff:169.254.169.254"),
    ):
        with socket.socket(family) as s:
            s.settimeout(5)
            errors.append(s.connect_ex((host, 80)))
    return errors
