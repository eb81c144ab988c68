# Loads a shared library.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
ONLY_IF_LOADED = 4


def main(event, context):
    if event["step"] == "leave":
        ctypes.CDLL("libm.so.6")
        ctypes.CDLL("libresolv.so.2")
        return "left"
    try:
        ctypes.CDLL("libresolv.so.2", ONLY_IF_LOADED | 1)
    except OSError:
        return "not loaded"
    return "loaded"
