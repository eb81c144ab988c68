# Starts a timer that sends a signal later.
# leaves, discarded
import signal


def main(event, context):
    if event["step"] == "leave":
        signal.setitimer(signal.ITIMER_REAL, 1000)
        return "left"
    return signal.getitimer(signal.ITIMER_REAL)
