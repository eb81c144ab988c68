# Replaces a built-in function and adds a name to those that are built in.
# leaves, put back
import builtins


def main(event, context):
    if event["step"] == "leave":
        builtins.left = "left"
        builtins.sorted = lambda things: "left"
        return sorted("abc")
    return [sorted("ba"), hasattr(builtins, "left")]
