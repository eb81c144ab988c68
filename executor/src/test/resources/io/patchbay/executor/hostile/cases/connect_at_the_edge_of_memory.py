# An address that ends where the memory ends, and one that goes on beyond it.
# expect: RETURNED \[14,0]
# egress: open

import ctypes
import mmap
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
CONNECT = 42
PAGE = 4096


def main(event, context):
    port = struct.pack(">H", event["open"])
    address = struct.pack("<H", socket.AF_INET) + port + bytes((127, 0, 0, 1)) + bytes(8)
    pages = mmap.mmap(-1, 2 * PAGE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    pages[PAGE - 16 : PAGE] = address
    assert libc.munmap(ctypes.c_void_p(start + PAGE), PAGE) == 0
    s = socket.socket().detach()

    def connect(pointer):
        ctypes.set_errno(0)
        result = libc.syscall(CONNECT, s, ctypes.c_void_p(pointer), 16)
        return ctypes.get_errno() if result < 0 else 0

    return [connect(start + PAGE - 8), connect(start + PAGE - 16)]
