# Renames a file in a folder that the module has made.
# leaves, in a process for each call
import os

os.mkdir("/tmp/folder")
open("/tmp/folder/one", "w").close()


def main(event, context):
    if event["step"] == "leave":
        os.rename("/tmp/folder/one", "/tmp/folder/two")
        return "left"
    return os.listdir("/tmp/folder")
