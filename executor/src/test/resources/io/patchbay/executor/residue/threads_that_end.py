# Runs threads that end before main returns, and leave their stacks and their own data.
# leaves, put back
import ctypes
import threading

libc = ctypes.CDLL(None)
own = threading.local()
count = 0


def run():
    global count
    own.value = bytes(100_000)
    count += 1


def main(event, context):
    if event["step"] == "leave":
        threads = [threading.Thread(target=run) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return f"left {count}"
    return [hasattr(own, "value"), threading.active_count(), count]
