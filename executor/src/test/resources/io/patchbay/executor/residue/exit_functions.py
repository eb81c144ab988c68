# Registers functions for the end of the process, and of threads.
# leaves, put back
import atexit
import threading


def main(event, context):
    if event["step"] == "leave":
        atexit.register(print, "left")
        threading._register_atexit(print, "left")
        return f"left {atexit._ncallbacks()}"
    return [atexit._ncallbacks(), len(threading._threading_atexits)]
