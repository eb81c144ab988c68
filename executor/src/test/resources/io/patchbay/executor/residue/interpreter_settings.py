# Changes limits and intervals of the interpreter.
# leaves, put back
import sys


def main(event, context):
    if event["step"] == "leave":
        sys.setrecursionlimit(4321)
        sys.setswitchinterval(0.123)
        sys.set_int_max_str_digits(100_000)
        sys.dont_write_bytecode = not sys.dont_write_bytecode
        sys.ps1 = sys.exitcode = "left"
        return "left"
    return [
        sys.getrecursionlimit(),
        sys.getswitchinterval(),
        sys.get_int_max_str_digits(),
        sys.dont_write_bytecode,
        hasattr(sys, "ps1"),
    ]
