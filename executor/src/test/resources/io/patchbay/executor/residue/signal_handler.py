# Handles a signal by a function.
# leaves, discarded
import signal


def main(event, context):
    if event["step"] == "leave":
        signal.signal(signal.SIGUSR1, main)
        return "left"
    return str(signal.getsignal(signal.SIGUSR1))
