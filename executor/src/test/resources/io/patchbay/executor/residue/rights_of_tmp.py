# Changes the rights and the times of /tmp.
# leaves, discarded
# landlock: refused
import os


def main(event, context):
    if event["step"] == "leave":
        try:
            os.chmod(".", 0o711)
        except PermissionError:
            return "refused"
        return "left"
    return os.stat(".").st_mode
