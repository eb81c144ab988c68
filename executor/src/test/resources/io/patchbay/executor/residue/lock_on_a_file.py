# Locks files and keeps them open.
# leaves, put back
import fcntl
import os
import time

PLACES = ("/dev/null", os.__file__)
kept = []


def lock(file):
    """Waits a moment, since the lock of a process that is ended goes when that has gone."""
    for _ in range(200):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(0.01)
    return False


def main(event, context):
    free = []
    for place in PLACES:
        file = os.open(place, os.O_RDONLY)
        if lock(file):
            free.append(place)
        if event["step"] == "leave":
            kept.append(file)
        else:
            os.close(file)
    return "left" if event["step"] == "leave" else free
