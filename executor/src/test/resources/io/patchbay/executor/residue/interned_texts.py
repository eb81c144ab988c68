# Has the interpreter keep a text for ever.
# leaves, put back
import sys


def main(event, context):
    text = "".join(("never", " seen", " before"))
    kept = sys.intern(text) is not text
    return "left" if event["step"] == "leave" else kept
