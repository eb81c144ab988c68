# Addresses that are not there and lengths that cannot be: answered as the kernel itself would.
# expect: RETURNED \[14,14,14,14,22,22,22,22,22,22,97,97,97,0,106]
# egress: open

import ctypes
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
CONNECT = 42


def main(event, context):
    port = struct.pack(">H", event["open"])
    address = struct.pack("<H", socket.AF_INET) + port + bytes((127, 0, 0, 1)) + bytes(8)
    good = ctypes.create_string_buffer(address + bytes(112))
    unspecified = ctypes.create_string_buffer(bytes(16))
    unix = ctypes.create_string_buffer(b"\x01\x00/tmp/x" + bytes(100))
    six = ctypes.create_string_buffer(b"\x0a\x00" + bytes(26))
    at = ctypes.addressof(good)
    s = socket.socket().detach()

    def connect(pointer, length):
        ctypes.set_errno(0)
        result = libc.syscall(CONNECT, s, ctypes.c_void_p(pointer), length)
        return ctypes.get_errno() if result < 0 else 0

    return [
        connect(0, 16),
        connect(1, 16),
        connect((1 << 64) - 8, 16),
        connect(1 << 62, 16),
        connect(at, 0),
        connect(at, 1),
        connect(at, 15),
        connect(at, 129),
        connect(at, -1),
        connect(at, 1 << 31),
        connect(ctypes.addressof(unspecified), 16),
        connect(ctypes.addressof(unix), 110),
        connect(ctypes.addressof(six), 28),
        connect(at, 128),
        connect(at, 16),
    ]
