# Changes the rights and the times of /tmp.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.chmod("/tmp", 0o711)
        return "left"
    return os.stat("/tmp").st_mode
