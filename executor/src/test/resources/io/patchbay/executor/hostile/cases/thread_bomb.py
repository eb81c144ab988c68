# Starts threads until it cannot, and tells how many there were.
# expect: RETURNED [1-6]?\d
# landlock: RETURNED \d{1,3}

import threading
import time


def main(event, context):
    count = 0
    try:
        while True:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            count += 1
    except RuntimeError:
        return count
