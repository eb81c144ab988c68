# Questions that are none, cut, with loops, and more of them than it ever reads the answers of.
# expect: RETURNED \[true,45]
# egress: open

import socket
import struct


def ask(data):
    with socket.create_connection(("127.0.0.1", 53), timeout=30) as s:
        s.sendall(data)
        s.shutdown(socket.SHUT_WR)
        try:
            return len(s.recv(2000))
        except OSError:
            return -1


def main(event, context):
    name = bytes.fromhex("00010100000100000000000009") + b"localhost"
    question = name + bytes.fromhex("0000010001")
    whole = struct.pack(">H", len(question)) + question
    broken = (
        b"\xff" * 2000,
        b"\x00\x00",
        b"\x00\x0c" + bytes(12),
        whole[:9],
        struct.pack(">H", 20) + question[:12] + b"\xc0\x0c" + bytes(6),
    )
    answers = [ask(data) for data in broken]
    flood = socket.create_connection(("127.0.0.1", 53))
    flood.setblocking(False)
    try:
        while True:
            flood.send(whole)
    except OSError:
        pass
    return [max(answers) <= 0, ask(whole)]
