# Maps memory itself, past Python's allocator.
# expect: EXCEPTION OSError.*memory.*|OUT_OF_MEMORY .*

import mmap

PIECE = 1 << 24


def main(event, context):
    maps = []
    while True:
        maps.append(mmap.mmap(-1, PIECE))
        maps[-1].write(b"x" * PIECE)
