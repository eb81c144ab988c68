# Blocks a signal and sends it, so that it waits to be delivered.
# leaves, discarded
import os
import signal


def main(event, context):
    if event["step"] == "leave":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
        os.kill(os.getpid(), signal.SIGUSR1)
        return "left" if signal.SIGUSR1 in signal.sigpending() else "nothing"
    return sorted(signal.sigpending())
