# Replaces a function pointer of the interpreter, which stands in memory that may be written.
# leaves, put back
import ctypes

HOOK = ctypes.c_void_p.in_dll(ctypes.pythonapi, "PyOS_InputHook")


def main(event, context):
    if event["step"] == "leave":
        HOOK.value = 0x123456000
        return "left" if HOOK.value else "nothing"
    return HOOK.value
