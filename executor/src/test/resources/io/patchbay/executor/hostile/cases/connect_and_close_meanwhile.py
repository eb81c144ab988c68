# Closes the descriptor while the supervisor puts a socket in its place.
# expect: RETURNED \[(0|9|88|0,9|0,88|9,88|0,9,88)]
# egress: open

import os
import socket
import threading


def main(event, context):
    current = [-1]
    over = []

    def close():
        while not over:
            try:
                os.close(current[0])
            except OSError:
                pass

    threading.Thread(target=close, daemon=True).start()
    errors = set()
    for _ in range(500):
        s = socket.socket()
        current[0] = s.fileno()
        errors.add(s.connect_ex(("127.0.0.1", event["open"])))
        current[0] = -1
        try:
            os.close(s.detach())
        except OSError:
            pass
    over.append(1)
    return sorted(errors)
