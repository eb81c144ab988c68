# Swaps standard out and standard error.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        one = os.dup(1)
        os.dup2(2, 1)
        os.dup2(one, 2)
        return "left"
    return os.fstat(1).st_ino < os.fstat(2).st_ino
