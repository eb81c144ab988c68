# Adds a method to the built-in type of text, past its protection.
# leaves, put back
import ctypes
import gc


def main(event, context):
    if event["step"] == "leave":
        gc.get_referents(str.__dict__)[0]["left"] = lambda self: "left"
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(str))
        return "".left()
    return hasattr("", "left")
