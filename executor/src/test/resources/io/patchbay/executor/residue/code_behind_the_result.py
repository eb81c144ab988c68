# Has the runner call a function when it has sent the result already.
# leaves, discarded
import sys
import time

seen = []


def main(event, context):
    if event["step"] == "leave":
        sys.setprofile(behind)
        return "left"
    return seen


def behind(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "receive":
        seen.append("left")
        time.sleep(60)
