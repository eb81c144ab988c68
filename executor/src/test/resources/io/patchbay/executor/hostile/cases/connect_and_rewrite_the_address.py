# Two threads swap the address while the supervisor looks at it: nothing closed may be reached.
# expect: RETURNED (\[0]|\[0,13]|\[13])
# egress: open

import ctypes
import socket
import struct
import threading

libc = ctypes.CDLL(None, use_errno=True)
CONNECT = 42


def packed(port):
    family = struct.pack("<H", socket.AF_INET)
    return family + struct.pack(">H", port) + bytes((127, 0, 0, 1)) + bytes(8)


def main(event, context):
    good, bad = packed(event["open"]), packed(event["closed"])
    room = ctypes.create_string_buffer(good)
    at = ctypes.addressof(room)

    # They write on when main has returned, so they hold the room themselves.
    def rewrite():
        while True:
            ctypes.memmove(room, bad, 16)
            ctypes.memmove(room, good, 16)

    for _ in range(2):
        threading.Thread(target=rewrite, daemon=True).start()
    errors = set()
    for _ in range(400):
        with socket.socket() as s:
            ctypes.set_errno(0)
            failed = libc.syscall(CONNECT, s.fileno(), ctypes.c_void_p(at), 16) < 0
            errors.add(ctypes.get_errno() if failed else 0)
            if not failed and s.getpeername()[1] != event["open"]:
                return "reached the closed port"
    return sorted(errors)
