# Addresses in sendto, sendmsg and sendmmsg, and options that choose routes and interfaces.
# expect: RETURNED \[13,13,13,1,1,1]

import ctypes
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
SENDTO, SENDMSG, SENDMMSG = 44, 46, 307
MSG_FASTOPEN = 0x20000000


def main(event, context):
    port = struct.pack(">H", event["closed"])
    packed = struct.pack("<H", socket.AF_INET) + port + bytes((127, 0, 0, 1)) + bytes(8)
    address = ctypes.create_string_buffer(packed)
    header = (ctypes.c_uint64 * 8)(ctypes.addressof(address), 16)
    s = socket.socket()
    errors = []
    for number, arguments in (
        (SENDTO, (b"x", 1, 0, address, 16)),
        (SENDMSG, (header, MSG_FASTOPEN)),
        (SENDMMSG, (header, 1, MSG_FASTOPEN)),
    ):
        libc.syscall(number, s.fileno(), *arguments)
        errors.append(ctypes.get_errno())
    for level, name in ((0, 4), (1, socket.SO_BINDTODEVICE), (6, 30)):
        try:
            s.setsockopt(level, name, b"lo" + bytes(14))
        except OSError as error:
            errors.append(error.errno)
    return errors
