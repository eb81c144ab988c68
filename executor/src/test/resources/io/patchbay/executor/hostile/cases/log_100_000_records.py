# Logs as fast as it can, from several threads.
# expect: RETURNED 1

import logging
import threading


def log_much():
    for number in range(25_000):
        logging.warning("record %d", number)


def main(event, context):
    threads = [threading.Thread(target=log_much) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 1
