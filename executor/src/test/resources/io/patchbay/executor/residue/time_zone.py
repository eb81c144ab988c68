# Sets another time zone.
# leaves, put back
import os
import time


def main(event, context):
    if event["step"] == "leave":
        os.environ["TZ"] = "XYZ-7"
        time.tzset()
        return f"left {time.localtime(0).tm_hour}"
    return [time.tzname, time.localtime(0).tm_hour]
