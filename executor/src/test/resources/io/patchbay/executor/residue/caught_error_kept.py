# Keeps an error with its frames, and leaves one as the last of the interpreter.
# leaves, put back
import sys

kept = []


def main(event, context):
    if event["step"] == "leave":
        try:
            raise ValueError("left")
        except ValueError as error:
            kept.append(error)
            sys.last_value = error
            sys.last_traceback = error.__traceback__
        return "left"
    return [len(kept), hasattr(sys, "last_value"), str(sys.exc_info()[1])]
