# Makes files that have no name, which are counted in the numbers of those that follow.
# leaves, discarded
import os

TEMPORARY = os.O_TMPFILE | os.O_RDWR


def number():
    file = os.open("/tmp", TEMPORARY)
    try:
        return os.fstat(file).st_ino
    finally:
        os.close(file)


def main(event, context):
    try:
        if event["step"] == "leave":
            return [number() for _ in range(10)]
        return number()
    except OSError as refused:
        return f"refused: {refused}"
