# Writes through a mapping to what the module has written to standard out, which changes no time.
# leaves, in a process for each call
import ctypes
import os

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *4 * [ctypes.c_int]]
WRITE, SHARED = 3, 1

os.write(1, b"." * 8)


def main(event, context):
    if event["step"] == "leave":
        address = libc.mmap(None, 4096, WRITE, SHARED, 1, 0)
        ctypes.string_at(address, 4)  # else the first write would set the time
        ctypes.memmove(address, b"left", 4)
        return "left"
    return os.pread(1, 8, 0).decode()
