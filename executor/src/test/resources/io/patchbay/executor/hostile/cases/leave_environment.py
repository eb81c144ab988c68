# Changes the environment, the folder that it works in, the mask of files and the signals.
# expect: RETURNED 1

import os
import signal


def main(event, context):
    os.environ["LEFT_BEHIND"] = "1"
    os.environ["PATH"] = "/tmp"
    os.chdir("/usr")
    os.umask(0o777)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return 1
