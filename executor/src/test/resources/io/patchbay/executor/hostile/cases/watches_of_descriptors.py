# Takes the watches of descriptors that all processes of a user share.
# expect: EXCEPTION OSError.*not implemented.*

import os
import select


def main(event, context):
    ends = [end for _ in range(60) for end in os.pipe()]
    while True:
        watches = select.epoll()
        for end in ends:
            watches.register(end)
