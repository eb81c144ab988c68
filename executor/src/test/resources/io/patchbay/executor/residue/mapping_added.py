# Maps memory at a known address and writes to it.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_size_t
libc.mmap.argtypes = [*2 * [ctypes.c_size_t], *3 * [ctypes.c_int], ctypes.c_long]
AT = 0x123456000
WRITE, PRIVATE, ANONYMOUS, NEW = 3, 2, 0x20, 0x100000


def main(event, context):
    got = libc.mmap(AT, 4096, WRITE, PRIVATE | ANONYMOUS | NEW, -1, 0)
    if event["step"] == "leave":
        ctypes.memmove(AT, b"left", 4)
        return ctypes.string_at(AT, 4).decode()
    return [got == AT, ctypes.string_at(AT, 4).hex() if got == AT else ctypes.get_errno()]
