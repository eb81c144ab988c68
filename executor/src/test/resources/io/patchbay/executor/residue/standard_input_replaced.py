# Opens another file in the place of standard in.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.close(0)
        return "left" if os.open(os.__file__, os.O_RDONLY) == 0 else "nothing"
    return os.read(0, 10).decode()
