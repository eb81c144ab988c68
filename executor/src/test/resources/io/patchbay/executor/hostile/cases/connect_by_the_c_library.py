# Connects past Python.
# expect: RETURNED \[-1,13]

import ctypes
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)


def main(event, context):
    port = struct.pack(">H", event["closed"])
    address = struct.pack("<H", socket.AF_INET) + port + bytes((127, 0, 0, 1)) + bytes(8)
    with socket.socket() as s:
        return [libc.connect(s.fileno(), address, 16), ctypes.get_errno()]
