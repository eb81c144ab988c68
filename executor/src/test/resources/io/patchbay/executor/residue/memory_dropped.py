# Drops pages of the module's memory, so that they read as zeros.
# leaves, put back
import mmap

SIZE = 1 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * SIZE)


def main(event, context):
    if event["step"] == "leave":
        memory.madvise(mmap.MADV_DONTNEED, 8192, 65536)
        return "left" if memory[8192] == 0 else "nothing"
    return memory[::4096].count(b"a")
