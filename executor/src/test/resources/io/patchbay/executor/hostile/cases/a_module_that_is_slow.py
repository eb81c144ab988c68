# Takes its time before main is even defined; the time counts.
# expect: RETURNED 1

import time

time.sleep(0.5)


def main(event, context):
    return 1
