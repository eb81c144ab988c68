# Blocks signals.
# leaves, discarded
import signal


def main(event, context):
    if event["step"] == "leave":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGTERM])
        return "left"
    return sorted(signal.pthread_sigmask(signal.SIG_BLOCK, []))
