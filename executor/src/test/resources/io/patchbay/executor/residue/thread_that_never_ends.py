# Starts a thread that goes on for ever.
# leaves, discarded
import threading
import time

seen = []


def run():
    while True:
        seen.append("left")
        time.sleep(0.001)


def main(event, context):
    if event["step"] == "leave":
        threading.Thread(target=run, daemon=True).start()
        time.sleep(0.02)
        return seen[0]
    return [seen, threading.active_count()]
