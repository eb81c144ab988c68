# Adds references to objects that everybody has.
# leaves, put back
import ctypes
import sys


def main(event, context):
    if event["step"] == "leave":
        for thing in (None, True, ()):
            for _ in range(1000):
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(thing))
        return "left"
    return [sys.getrefcount(thing) // 1000 for thing in (True, False)]
