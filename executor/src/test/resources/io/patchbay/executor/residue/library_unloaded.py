# Unloads a shared library that the module has loaded.
# leaves, discarded
import _ctypes
import ctypes

library = ctypes.CDLL("libresolv.so.2")
ONLY_IF_LOADED = 4


def main(event, context):
    if event["step"] == "leave":
        _ctypes.dlclose(library._handle)
        return "left"
    try:
        ctypes.CDLL("libresolv.so.2", ONLY_IF_LOADED | 1)
    except OSError:
        return "not loaded"
    return "loaded"
