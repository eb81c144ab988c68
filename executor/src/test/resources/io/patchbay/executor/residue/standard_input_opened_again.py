# Opens the same file as before in the place of standard in, at another position and to write.
# leaves, discarded
import fcntl
import os


def main(event, context):
    if event["step"] == "leave":
        os.close(0)
        return "left" if os.open("/dev/null", os.O_WRONLY) == 0 else "nothing"
    return fcntl.fcntl(0, fcntl.F_GETFL) & 3
