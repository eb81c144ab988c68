# Leaves something that runs on: a thread, a child in a session of its own, a timer.
# expect: RETURNED \["PermissionError","PermissionError"]

import os
import signal
import threading
import time


def main(event, context):
    threading.Thread(target=time.sleep, args=(60,)).start()
    signal.signal(signal.SIGALRM, lambda *_: time.sleep(60))
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
    errors = []
    for attempt in (os.fork, os.setsid):
        try:
            attempt()
        except OSError as error:
            errors.append(type(error).__name__)
    return errors
