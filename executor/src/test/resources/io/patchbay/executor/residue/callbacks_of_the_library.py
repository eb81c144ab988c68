# Keeps a function of Python that C code could call later.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
kept = []


def main(event, context):
    if event["step"] == "leave":
        function = ctypes.CFUNCTYPE(None)(lambda: kept.append("called"))
        kept.append(function)
        return "left" if libc.atexit(function) == 0 else "nothing"
    return len(kept)
