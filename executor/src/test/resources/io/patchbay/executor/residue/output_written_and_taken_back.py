# Writes to standard out and makes it as long as before.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.write(1, b"left")
        os.ftruncate(1, 0)
        os.lseek(1, 0, os.SEEK_SET)
        return "left"
    return [os.fstat(1).st_size, os.lseek(1, 0, os.SEEK_CUR)]
