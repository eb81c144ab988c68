# Waits for connections from outside.
# expect: RETURNED \[13,13]

import socket


def main(event, context):
    errors = []
    for attempt in (lambda s: s.bind(("127.0.0.1", 0)), lambda s: s.listen(1)):
        with socket.socket() as s:
            try:
                attempt(s)
                errors.append("done")
            except OSError as error:
                errors.append(error.errno)
    return errors
