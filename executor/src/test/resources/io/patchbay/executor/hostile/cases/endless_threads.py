# Keeps every core busy in all the threads that it can have.
# expect: TIMEOUT .*
# limit: 1s

import hashlib
import threading

DATA = bytes(1 << 20)


def spin():
    while True:
        hashlib.sha256(DATA)  # runs without Python's lock


def main(event, context):
    for _ in range(32):
        threading.Thread(target=spin, daemon=True).start()
    spin()
