# Makes folders and links in /tmp.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.makedirs("a/b/c")
        os.symlink("/left", "link")
        return "left"
    return os.listdir()
