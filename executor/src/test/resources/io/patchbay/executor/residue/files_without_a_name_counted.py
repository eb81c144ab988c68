# Makes files that have no name, which are counted in the numbers of those that follow.
# leaves, discarded
import os

# Where calls share a file system, the numbers are those of all of them.
SHARED = os.stat(".").st_dev == os.stat("..").st_dev
TEMPORARY = os.O_TMPFILE | os.O_RDWR


def number():
    file = os.open(".", TEMPORARY)
    try:
        return os.fstat(file).st_ino
    finally:
        os.close(file)


def main(event, context):
    try:
        if event["step"] == "leave":
            return [number() for _ in range(10)]
        return None if SHARED else number()
    except OSError as refused:
        return f"refused: {refused}"
