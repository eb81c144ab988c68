# Sets and removes variables of the environment.
# leaves, put back
import os

os.environ["KEPT"] = "kept"


def main(event, context):
    if event["step"] == "leave":
        os.environ["LEFT"] = "left"
        del os.environ["KEPT"]
        return os.environ["LEFT"]
    return [os.environ.get("LEFT"), os.environ.get("KEPT"), os.getenv("HOME") is None]
