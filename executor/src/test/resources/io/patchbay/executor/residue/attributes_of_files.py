# Keeps something as an attribute of a file or folder.
# refused
import os

PLACES = (".", "/dev/null", "/etc/passwd")


def main(event, context):
    if event["step"] == "leave":
        done = []
        for place in PLACES:
            try:
                os.setxattr(place, "user.left", b"left")
                done.append(place)
            except OSError:
                pass
        return f"left {done}" if done else "refused: everywhere"
    return []
