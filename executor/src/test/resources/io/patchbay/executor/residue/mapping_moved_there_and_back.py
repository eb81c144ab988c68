# Moves memory of the module to another place and back, so that every mapping is as it was.
# leaves, discarded
import ctypes
import mmap

libc = ctypes.CDLL(None)
libc.mremap.restype = ctypes.c_size_t
libc.mremap.argtypes = [*3 * [ctypes.c_size_t], ctypes.c_int, ctypes.c_size_t]
SIZE = 1 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory[:4] = b"here"
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))
MOVE_TO, ELSEWHERE = 3, 0x123400000


def main(event, context):
    if event["step"] == "leave":
        libc.mremap(at, SIZE, SIZE, MOVE_TO, ELSEWHERE)
        ctypes.memmove(ELSEWHERE, b"left", 4)
        libc.mremap(ELSEWHERE, SIZE, SIZE, MOVE_TO, at)
    return memory[:4].decode()
