# Takes memory in thirty threads at once: together they have as much as one.
# expect: RETURNED \[30,true]

import threading

PIECE = 1 << 20


def main(event, context):
    kept, failed = [], []
    all_there = threading.Event()

    def take():
        all_there.wait()
        try:
            while True:
                kept.append(bytearray(PIECE))
        except MemoryError:
            failed.append(1)

    threads = [threading.Thread(target=take) for _ in range(30)]
    for thread in threads:
        thread.start()
    all_there.set()
    for thread in threads:
        thread.join()
    megabytes = len(kept)
    kept.clear()
    return [len(failed), megabytes < 400]
