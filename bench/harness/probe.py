"""Asks as a good neighbour does, at a fixed rate, and counts each latency from when the request was
due. Reads its order from standard input and writes what it saw to standard output, as JSON.

A program of its own, so that no attack shares its interpreter. Three streams: a turn that is said
by the definition alone, a turn that runs code, and GET /health/live on a new connection each time,
as those who watch a server do.
"""

import json
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from harness.figures import percentile  # noqa: E402
from harness.paced import Connection  # noqa: E402
from harness.site import CODE, PLAIN, RIGHT, host_and_port, message, texts  # noqa: E402

# So many requests of a stream may be under way; what waits for them counts from when it was due.
LANES = 8
# What could not be sent so long after the end of a phase is given up.
PATIENCE_SECONDS = 15
RATES = {"plain": 20, "code": 10, "live": 20}
TEXTS = {"plain": PLAIN, "code": CODE}


class Stream:
    """Request k is due k / rate after the beginning; lane k % LANES sends it."""

    def __init__(self, name, order):
        self.name, self.order = name, order
        self.rate = RATES[name]
        self.count = int(self.rate * order["seconds"])
        # Lists, since adding to a number is not one step, and many threads do it.
        self.latencies, self.wrong = [], []
        self.acknowledged = {}

    def user(self, lane):
        return f"{self.order['phase']}-{self.name}-{lane}"

    def serve(self, lane, begin):
        connection = Connection(host_and_port(self.order["address"]), self.head())
        for number in range(lane, self.count, LANES):
            due = begin + number / self.rate
            if time.perf_counter() > begin + self.order["seconds"] + PATIENCE_SECONDS:
                self.wrong.append(f"{self.name}: never sent, since the one before was not answered")
                self.latencies.append(time.perf_counter() - due)
                continue
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                status, body = connection.exchange(self.body(lane))
                self.note(lane, status, body)
            except (OSError, KeyError, ValueError) as error:
                self.wrong.append(f"{self.name}: {error!r}")
                connection.close()
            self.latencies.append(time.perf_counter() - due)
            if self.name == "live":
                connection.close()
        connection.close()

    def head(self):
        line = "GET /health/live" if self.name == "live" else f"POST {self.order['bot']}/messages"
        fields = [f"{line} HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
        fields.append(f"Authorization: Bearer {self.order['token']}")
        return "\r\n".join(fields).encode() + b"\r\nContent-Length: %d\r\n\r\n"

    def body(self, lane):
        return b"" if self.name == "live" else message(TEXTS[self.name], self.user(lane))

    def note(self, lane, status, body):
        if self.name == "live":
            right = status == 200
        else:
            right = status == 200 and texts(body) == RIGHT[TEXTS[self.name]]
            if status == 200:
                turn = json.loads(body)["turn_id"]
                self.acknowledged.setdefault(self.user(lane), []).append(turn)
        if not right:
            self.wrong.append(f"{self.name}: status {status}: {body[:200].decode(errors='replace')}")

    def figures(self):
        figures = {"requests": len(self.latencies), "wrong": self.wrong}
        if self.latencies:
            figures["p50_ms"] = 1000 * percentile(self.latencies, 50)
            figures["p99_ms"] = 1000 * percentile(self.latencies, 99)
            figures["max_ms"] = 1000 * max(self.latencies)
        return figures


def run(order):
    streams = [Stream(name, order) for name in RATES]
    begin = time.perf_counter() + 0.1
    threads = [
        threading.Thread(target=stream.serve, args=(lane, begin))
        for stream in streams
        for lane in range(LANES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acknowledged = {}
    for stream in streams:
        acknowledged.update(stream.acknowledged)
    return {
        "streams": {stream.name: stream.figures() for stream in streams},
        "acknowledged": acknowledged,
    }


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin))))
