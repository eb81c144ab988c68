# Takes a lock of the module and does not give it back.
# leaves, put back
import threading

lock = threading.Lock()
event_of_threads = threading.Event()


def main(event, context):
    if event["step"] == "leave":
        lock.acquire()
        event_of_threads.set()
        return "left"
    return [lock.locked(), event_of_threads.is_set()]
