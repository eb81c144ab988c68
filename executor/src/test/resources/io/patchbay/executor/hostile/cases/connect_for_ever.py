# Connects in all its threads until its deadline, allowed and refused in turn.
# expect: TIMEOUT .*
# limit: 1s
# egress: open

import socket
import threading


def main(event, context):
    def connect():
        while True:
            for port in (event["open"], event["closed"]):
                with socket.socket() as s:
                    s.connect_ex(("127.0.0.1", port))

    for _ in range(30):
        threading.Thread(target=connect, daemon=True).start()
    connect()
