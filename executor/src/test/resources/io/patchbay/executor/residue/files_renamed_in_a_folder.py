# Renames a file in a folder that the module has made.
# leaves, in a process for each call
import os

os.mkdir("folder")
open("folder/one", "w").close()


def main(event, context):
    if event["step"] == "leave":
        os.rename("folder/one", "folder/two")
        return "left"
    return os.listdir("folder")
