# Drops the module's memory and writes some of it again.
# leaves, put back
import mmap

SIZE = 8 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * (SIZE // 2))


def main(event, context):
    if event["step"] == "leave":
        memory.madvise(mmap.MADV_DONTNEED)
        memory[::12288] = b"b" * len(range(0, SIZE, 12288))
        return "left"
    return [memory[::4096].count(letter) for letter in (b"a", b"b", b"\0")]
