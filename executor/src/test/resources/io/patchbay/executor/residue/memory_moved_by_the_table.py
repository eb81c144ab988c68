# Moves whole page tables of the module's memory to another place, so that it reads as zeros.
# leaves, put back
import ctypes
import mmap

SIZE = 16 << 20
libc = ctypes.CDLL(None)
libc.mremap.restype = ctypes.c_size_t
libc.mremap.argtypes = [*3 * [ctypes.c_size_t], ctypes.c_int, ctypes.c_size_t]
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory.write(b"a" * SIZE)
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
MAY_MOVE, KEEP_THE_OLD = 1, 4


def main(event, context):
    if event["step"] == "leave":
        moved = libc.mremap(address, SIZE, SIZE, MAY_MOVE | KEEP_THE_OLD, 0)
        return "left" if ctypes.string_at(moved, 1) == b"a" else "nothing"
    return memory[::4096].count(b"a")
