import time
import unittest

import here  # noqa: F401
from harness.paced import CONNECTIONS, Run
from stand_in import server


def run(url, per_second, seconds, body="x{N}"):
    headers = {"Content-Type": "text/plain", "X-Odd": "100%"}
    order = {"url": url, "headers": headers, "body": body}
    return Run({**order, "per_second": per_second, "seconds": seconds}).go()


class PacedTest(unittest.TestCase):
    def test_every_request_is_sent_once_with_a_number_of_its_own(self):
        seen = []
        with server(lambda body: (seen.append(body), (200, b"ok"))[1]) as url:
            figures = run(url, per_second=400, seconds=0.1)
        self.assertEqual((figures["requests"], len(set(seen))), (40, 40))
        self.assertEqual((figures["refused"], figures["broken"]), (0, 0))

    def test_what_waits_behind_a_slow_answer_is_counted_from_when_it_was_due(self):
        def slow(body):
            time.sleep(0.02)
            return 200, b"ok"

        with server(slow) as url:
            figures = run(url, per_second=CONNECTIONS * 1000, seconds=0.005)
        # Each connection has five requests, all due within 5 ms; the last is answered after 100 ms.
        self.assertGreater(figures["p99_ms"], 90)

    def test_other_states_and_broken_connections_are_counted(self):
        with server(lambda body: (500, b"")) as url:
            self.assertEqual(run(url, 400, 0.05)["refused"], 20)
        with server(lambda body: None) as url:
            self.assertEqual(run(url, 400, 0.05), {"requests": 0, "refused": 0, "broken": 20})
