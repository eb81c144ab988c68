# Keeps a function of Python that the C library would call at the end.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
kept = []


def main(event, context):
    if event["step"] == "leave":
        function = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p)(lambda *_: None)
        kept.append(function)
        return "left" if libc.on_exit(function, None) == 0 else "nothing"
    return len(kept)
