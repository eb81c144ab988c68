# Unmaps memory of the module.
# leaves, put back
import ctypes
import mmap

libc = ctypes.CDLL(None)
memory = mmap.mmap(-1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
memory[:4] = b"here"
at = ctypes.addressof(ctypes.c_char.from_buffer(memory))


def main(event, context):
    if event["step"] == "leave":
        libc.munmap(ctypes.c_void_p(at), ctypes.c_size_t(1 << 20))
        return "left"
    return memory[:4].decode()
