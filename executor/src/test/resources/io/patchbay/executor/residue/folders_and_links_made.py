# Makes folders and links in /tmp.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.makedirs("/tmp/a/b/c")
        os.symlink("/left", "/tmp/link")
        return "left"
    return os.listdir("/tmp")
