# Maps other memory over memory of the module, so that every mapping is as it was.
# leaves, discarded
import ctypes
import mmap

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_size_t
libc.mmap.argtypes = [*2 * [ctypes.c_size_t], *3 * [ctypes.c_int], ctypes.c_long]
SIZE = 1 << 20
memory = mmap.mmap(-1, SIZE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory[:4] = b"here"
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))
WRITE, PRIVATE, FIXED, ANONYMOUS = 3, 2, 0x10, 0x20


def main(event, context):
    if event["step"] == "leave":
        libc.mmap(at, SIZE, WRITE, PRIVATE | FIXED | ANONYMOUS, -1, 0)
        memory[:4] = b"left"
    return memory[:4].decode()
