# Marks the module's memory as free, so that the kernel may take it away in a later call.
# refused
import ctypes
import mmap

libc = ctypes.CDLL(None)
SIZE = 1 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * SIZE)
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
FREE, PAGE_OUT = 8, 21


def advise(advice):
    return libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(SIZE), advice)


def main(event, context):
    if event["step"] == "leave":
        return "left" if advise(FREE) == 0 else "refused: madvise"
    advise(PAGE_OUT)
    return memory[::4096].count(b"a")
