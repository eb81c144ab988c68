# Adds attributes to types of the standard library and replaces methods of them.
# leaves, put back
import collections
import json


def main(event, context):
    if event["step"] == "leave":
        collections.Counter.total = lambda self: "left"
        collections.UserDict.left = "left"
        json.JSONDecodeError.left = "left"
        return collections.Counter().total()
    return [
        hasattr(collections.UserDict, "left"),
        hasattr(json.JSONDecodeError, "left"),
        collections.Counter().total(),
    ]
