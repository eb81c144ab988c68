# Descriptors that are closed, files, pipes and its own connection; all stay what they are.
# expect: RETURNED \[\[9,9,9,88,88,106,88,88,106],"still a file","p","q"]
# egress: open

import ctypes
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
CONNECT = 42


def main(event, context):
    port = struct.pack(">H", event["open"])
    address = struct.pack("<H", socket.AF_INET) + port + bytes((127, 0, 0, 1)) + bytes(8)
    room = ctypes.create_string_buffer(address)

    def connect(descriptor):
        ctypes.set_errno(0)
        result = libc.syscall(CONNECT, descriptor, ctypes.c_void_p(ctypes.addressof(room)), 16)
        return ctypes.get_errno() if result < 0 else 0

    file = os.open("x", os.O_CREAT | os.O_RDWR)
    pipe = os.pipe()
    pair = [end.detach() for end in socket.socketpair()]
    descriptors = (-1, 99, 1 << 31, 0, 1, 3, file, pipe[0], pair[0])
    errors = [connect(descriptor) for descriptor in descriptors]
    os.write(file, b"still a file")
    os.write(pipe[1], b"p")
    os.write(pair[1], b"q")
    return [
        errors,
        os.pread(file, 20, 0).decode(),
        os.read(pipe[0], 1).decode(),
        os.read(pair[0], 1).decode(),
    ]
