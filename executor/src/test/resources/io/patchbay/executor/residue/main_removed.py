# Removes the module and main.
# leaves, put back
import sys


def main(event, context):
    if event["step"] == "leave":
        globals().pop("main")
        sys.modules.pop("handler")
        return "left"
    return ["main" in globals(), "handler" in sys.modules]
