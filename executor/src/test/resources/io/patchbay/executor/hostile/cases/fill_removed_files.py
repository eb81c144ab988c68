# Fills files that it has removed, and keeps them open.
# expect: EXCEPTION OSError.*(No space|too large).*
# landlock: KILLED .*

import os
import time


def main(event, context):
    kept = []
    for number in range(200):
        kept.append(open("file", "wb"))
        os.unlink("file")
        kept[-1].write(b"x" * (1 << 20))
    time.sleep(10)
