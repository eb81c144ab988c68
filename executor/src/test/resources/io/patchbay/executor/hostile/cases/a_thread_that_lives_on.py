# Returns while a thread of it still runs, which Python would wait for.
# expect: RETURNED 1

import threading
import time


def main(event, context):
    threading.Thread(target=time.sleep, args=(60,)).start()
    return 1
