# Runs a finalizer when the result was sent already.
# leaves, put back
import time

seen = []


class Late(dict):
    def __del__(self):
        time.sleep(0.2)
        seen.append("left")
        time.sleep(60)


def main(event, context):
    if event["step"] == "leave":
        return Late(left="left")
    return seen
