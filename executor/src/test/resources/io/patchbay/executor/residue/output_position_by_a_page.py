# Moves the position of standard out by a multiple of 256 bytes.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.lseek(1, 4096, os.SEEK_CUR)
        return os.lseek(1, 0, os.SEEK_CUR)
    return os.lseek(1, 0, os.SEEK_CUR)
