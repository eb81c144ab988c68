# Runs a finalizer when the result was sent already, and then waits as if nothing were.
# leaves, put back
import sys

seen = []


class Late:
    def __del__(self):
        seen.append("left")


def behind(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "receive":
        kept.clear()
        sys.setprofile(None)


kept = []


def main(event, context):
    if event["step"] == "leave":
        kept.append(Late())
        sys.setprofile(behind)
        return "left"
    return seen
