# Sets an alarm that would end a later call.
# leaves, discarded
import signal


def main(event, context):
    if event["step"] == "leave":
        signal.alarm(1000)
        return "left"
    return signal.getitimer(signal.ITIMER_REAL)[0] > 0
