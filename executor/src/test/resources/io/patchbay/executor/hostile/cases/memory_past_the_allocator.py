# Maps memory itself, past Python's allocator.
# expect: EXCEPTION OSError.*memory.*

import mmap

PIECE = 1 << 24


def main(event, context):
    maps = []
    while True:
        maps.append(mmap.mmap(-1, PIECE))
        maps[-1].write(b"x" * PIECE)
