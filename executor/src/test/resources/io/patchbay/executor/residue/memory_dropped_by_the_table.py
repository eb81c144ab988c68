# Gives whole page tables of the module's memory back with madvise, so that it reads as zeros.
# leaves, put back
import ctypes
import mmap

SIZE = 16 << 20
libc = ctypes.CDLL(None)
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * SIZE)


def main(event, context):
    if event["step"] == "leave":
        memory.madvise(mmap.MADV_DONTNEED)
        return "left"
    return memory[::4096].count(b"a")
