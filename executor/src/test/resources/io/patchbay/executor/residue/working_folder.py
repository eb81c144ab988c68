# Changes the working folder.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        os.chdir("/")
        return "left"
    return os.getcwd() == os.environ["TMPDIR"]
