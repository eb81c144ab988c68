"""Asks at a fixed rate and counts each latency from when the request was due, so that a slow answer
does not hide what waits behind it. Reads its order from standard input, writes figures to standard
output.

A program of its own: one thread a connection, plain sockets, and a short spin before each request,
since a sleeping process wakes up late. The report shows the same for nginx: what is left of this
client's own cost.
"""

import ctypes
import json
import pathlib
import socket
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness.figures import percentile  # noqa: E402

CONNECTIONS = 8
SPIN_SECONDS = 0.0003
TIMEOUT_SECONDS = 20
PR_SET_TIMERSLACK = 29


class Connection:
    """One kept connection; knows as much of HTTP/1.1 as the contestants speak."""

    def __init__(self, address, head):
        self.address, self.head = address, head
        self.socket = None

    def ask(self, body):
        """The status of the answer, which has been read whole."""
        return self.exchange(body)[0]

    def exchange(self, body):
        """Status and body of the answer."""
        if self.socket is None:
            self.socket = socket.create_connection(self.address, TIMEOUT_SECONDS)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(self.head % len(body) + body)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.more()
        head, _, rest = received.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
        rest = bytearray(rest)
        while len(rest) < int(fields[b"content-length"]):
            rest += self.more()
        if b"close" in fields.get(b"connection", b""):
            self.close()
        return int(head.split(b" ", 2)[1]), bytes(rest)

    def more(self):
        data = self.socket.recv(65536)
        if not data:
            raise OSError("the connection was closed")
        return data

    def close(self):
        if self.socket is not None:
            self.socket.close()
            self.socket = None


class Run:
    """Request k is due k / rate after the beginning; connection k % n sends it."""

    def __init__(self, order):
        self.order = order
        self.count = int(order["per_second"] * order["seconds"])
        self.body = order["body"].encode()
        # Lists, since adding to a number is not one step, and many threads do it.
        self.latencies, self.lateness = [], []
        self.refused, self.broken = [], []

    def go(self):
        self.begin = time.perf_counter() + 0.1
        threads = [
            threading.Thread(target=self.serve, args=(first,)) for first in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.figures()

    def serve(self, first):
        ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, 1)
        connection = Connection(*self.request())
        for number in range(first, self.count, CONNECTIONS):
            body = self.body.replace(b"{N}", b"%09d" % (900_000_000 + number))
            due = self.begin + number / self.order["per_second"]
            wait_until(due)
            sent = time.perf_counter()
            try:
                status = connection.ask(body)
            except (OSError, KeyError, ValueError):
                self.broken.append(number)
                connection.close()
                continue
            self.latencies.append(time.perf_counter() - due)
            self.lateness.append(sent - due)
            if status != 200:
                self.refused.append(number)
        connection.close()

    def request(self):
        url = urllib.parse.urlsplit(self.order["url"])
        lines = [f"POST {url.path} HTTP/1.1", f"Host: {url.netloc}"]
        lines += [f"{name}: {value}" for name, value in self.order["headers"].items()]
        head = "\r\n".join(lines).replace("%", "%%") + "\r\nContent-Length: %d\r\n\r\n"
        return (url.hostname, url.port or 80), head.encode()

    def figures(self):
        figures = {"requests": len(self.latencies)}
        figures.update(refused=len(self.refused), broken=len(self.broken))
        if self.latencies:
            figures["rps"] = len(self.latencies) / self.order["seconds"]
            figures["p50_ms"] = 1000 * percentile(self.latencies, 50)
            figures["p99_ms"] = 1000 * percentile(self.latencies, 99)
            figures["late_p99_ms"] = 1000 * percentile(self.lateness, 99)
        return figures


def wait_until(due):
    left = due - time.perf_counter() - SPIN_SECONDS
    if left > 0:
        time.sleep(left)
    while time.perf_counter() < due:
        pass


if __name__ == "__main__":
    print(json.dumps(Run(json.load(sys.stdin)).go()))
