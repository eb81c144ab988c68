# Has reads from the connection not wait.
# leaves, discarded
import fcntl
import os


def main(event, context):
    if event["step"] == "leave":
        os.set_blocking(3, False)
        return "left"
    return fcntl.fcntl(3, fcntl.F_GETFL) & os.O_NONBLOCK
