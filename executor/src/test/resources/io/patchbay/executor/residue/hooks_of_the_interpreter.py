# Adds functions that trace, profile and audit, and those for what nobody catches.
# leaves, put back
import sys
import threading

seen = []


def main(event, context):
    if event["step"] == "leave":
        sys.settrace(lambda *_: None)
        sys.setprofile(lambda *_: None)
        threading.settrace(print)
        sys.addaudithook(lambda name, _: seen.append(name))
        sys.excepthook = sys.unraisablehook = sys.breakpointhook = print
        sys.set_asyncgen_hooks(print, print)
        return f"left {len(seen) >= 0}"
    sys.audit("look")
    return [
        str(sys.gettrace()),
        str(sys.getprofile()),
        len(seen),
        sys.excepthook is print,
        str(sys.get_asyncgen_hooks().firstiter),
        str(threading.gettrace()),
    ]
