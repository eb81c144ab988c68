# Locks files and keeps them open.
# leaves, put back
import fcntl
import os

PLACES = ("/dev/null", "/etc/passwd")
kept = []


def main(event, context):
    free = []
    for place in PLACES:
        file = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free.append(place)
        except OSError:
            pass
        if event["step"] == "leave":
            kept.append(file)
        else:
            os.close(file)
    return "left" if event["step"] == "leave" else free
