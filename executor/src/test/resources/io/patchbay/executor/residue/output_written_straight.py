# Writes to the descriptors of standard out and error.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.write(1, b"left")
        os.write(2, b"left")
        return "left"
    return [os.fstat(fd).st_size for fd in (1, 2)]
