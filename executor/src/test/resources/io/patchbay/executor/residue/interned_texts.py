# Has the interpreter keep a text for ever.
# leaves, put back
import ctypes
import sys

# Of all objects that are kept so, how many there are.
intern = ctypes.pythonapi.PyUnicode_InternInPlace


def main(event, context):
    text = "".join(("never", " seen", " before"))
    kept = sys.intern(text) is not text
    return "left" if event["step"] == "leave" else kept
