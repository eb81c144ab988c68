# Changes the event and the context that it was given.
# leaves, put back
def main(event, context):
    if event["step"] == "leave":
        type(context).function_version = "left"
        type(context).left = lambda self: "left"
        event.clear()
        return context.left()
    return [context.function_version, hasattr(context, "left"), sorted(event)]
