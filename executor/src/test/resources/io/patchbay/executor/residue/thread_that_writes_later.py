# Starts a thread that writes to the module when main has returned.
# leaves, discarded
import threading
import time

seen = []


def run():
    time.sleep(0.1)
    seen.append("left")


def main(event, context):
    if event["step"] == "leave":
        threading.Thread(target=run).start()
        return "left"
    time.sleep(0.15)
    return seen
