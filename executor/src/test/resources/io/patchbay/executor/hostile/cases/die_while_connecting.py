# Twenty threads wait for a service that never answers; then the process kills itself.
# expect: KILLED .*
# egress: silent

import os
import socket
import threading
import time


def main(event, context):
    def connect():
        socket.socket().connect(("127.0.0.1", event["silent"]))

    for _ in range(20):
        threading.Thread(target=connect, daemon=True).start()
    time.sleep(0.2)
    os.abort()
