# Imports modules, puts one of its own beside them and takes one away.
# leaves, put back
import sys
import textwrap  # noqa: F401
import types

WATCHED = ("colorsys", "wave", "of_another_call", "textwrap")


def main(event, context):
    if event["step"] == "leave":
        import colorsys  # noqa: F401
        import wave  # noqa: F401

        sys.modules["of_another_call"] = types.ModuleType("of_another_call")
        del sys.modules["textwrap"]
        return "left"
    return [name in sys.modules for name in WATCHED]
