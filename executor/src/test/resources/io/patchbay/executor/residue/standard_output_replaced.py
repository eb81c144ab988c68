# Puts a file in the place of standard out.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
        return "left"
    return os.fstat(1).st_size
