import contextlib
import http.server
import json
import threading
import types
import unittest

import here  # noqa: F401
import attacks  # noqa: F401
from harness import attack, neighbours, probe, siege, site, verdicts

MOST = verdicts.bounds()


def stream(p50=1.0, p99=2.0, longest=3.0, wrong=()):
    return {"p50_ms": p50, "p99_ms": p99, "max_ms": longest, "requests": 9, "wrong": list(wrong)}


def seen(plain=None, code=None, live=None, saturates=False, **rest):
    alone = {"plain": stream(), "code": stream(), "live": stream()}
    meanwhile = {"plain": plain or stream(), "code": code or stream(), "live": live or stream()}
    one = attack.Attack("made-up", "an attack", None, 1, saturates)
    return siege.Seen(one, alone=alone, meanwhile=meanwhile, **rest)


class VerdictsTest(unittest.TestCase):
    def test_who_notices_nothing_has_met_the_goal(self):
        self.assertEqual(verdicts.verdict(seen(), MOST), (verdicts.MET, []))

    def test_each_bound_decides_alone_and_says_by_how_much(self):
        for changed, word in (
            ({"plain": stream(p50=3.1)}, "plain p50 3.1 times"),
            ({"plain": stream(p99=21)}, "plain p99 10.5 times"),
            ({"code": stream(p50=4)}, "code p50 4.0 times"),
            ({"live": stream(longest=101)}, "live took 101 ms"),
        ):
            with self.subTest(word):
                verdict, reasons = verdicts.verdict(seen(**changed), MOST)
                self.assertEqual((verdict, reasons), (verdicts.NOT_MET, [word]))

    def test_a_wrong_answer_and_what_is_left_behind_decide_in_any_case(self):
        wrong = seen(plain=stream(wrong=["plain: status 503"]), saturates=True)
        self.assertEqual(verdicts.verdict(wrong, MOST, quick=True)[0], verdicts.NOT_MET)
        left = seen(broken=["the live heap grew by 900 MiB"])
        self.assertEqual(verdicts.verdict(left, MOST)[0], verdicts.NOT_MET)

    def test_what_takes_the_processors_in_boxes_is_reported_and_not_judged(self):
        slow = seen(plain=stream(p50=90), saturates=True)
        verdict, reasons = verdicts.verdict(slow, MOST)
        self.assertEqual(verdict, verdicts.NO_VERDICT)
        self.assertIn("plain p50 90.0 times", reasons)

    def test_a_definition_that_is_refused_is_met_and_shown(self):
        verdict, reasons = verdicts.verdict(seen(refused="status 422: pattern"), MOST)
        self.assertEqual((verdict, reasons), (verdicts.MET, ["refused: status 422: pattern"]))

    def test_a_row_shows_what_could_not_be_measured(self):
        row = neighbours.row(siege.Seen(seen().attack), verdicts.NOT_MET, ["it died"])
        self.assertEqual(len(row), len(neighbours.HEADS))
        self.assertIn("?, ?", row)
        self.assertIn("it died", row[-1])


class AttacksTest(unittest.TestCase):
    def test_there_are_enough_and_each_says_what_it_does(self):
        self.assertGreaterEqual(len(attack.ALL), 30)
        for one in attack.ALL.values():
            with self.subTest(one.name):
                self.assertTrue(one.title)
                self.assertLessEqual(one.callers, attack.MOST_CALLERS)

    def test_two_of_one_name_are_refused(self):
        name = next(iter(attack.ALL.values())).function
        self.assertRaises(ValueError, attack.attack("again"), name)

    def test_a_strike_ends_by_itself_also_where_nobody_answers(self):
        nowhere = site.Site("http://127.0.0.1:1", "token", seconds=0.2)
        attack.run(nowhere, lambda: nowhere.ask("GET", "/"), 3)
        self.assertEqual(list(nowhere.counts), ["broken"])
        self.assertEqual(nowhere.left(), 0)

    def test_what_an_attack_opened_is_closed_in_the_end(self):
        closed = []
        one = site.Site("http://127.0.0.1:1", "token", seconds=0.01)
        one.closing.append(lambda: closed.append(True))
        attack.run(one, lambda: None, 1)
        self.assertEqual(closed, [True])


class SiteTest(unittest.TestCase):
    def test_a_definition_that_is_not_taken_is_refused_and_not_a_fault(self):
        with serving(lambda method, path: (422, {"title": "no"})) as address:
            one = site.Site(address, "token")
            self.assertRaises(site.Refused, one.bot, "attacker")
        with serving(lambda method, path: (500, {"title": "no"})) as address:
            one = site.Site(address, "token")
            with self.assertRaises(site.Wrong) as caught:
                one.bot("attacker")
            self.assertNotIsInstance(caught.exception, site.Refused)

    def test_the_next_turn_is_right_where_both_nodes_say_what_they_should(self):
        with serving(lambda method, path: (200, {"messages": [{"text": "pong"}]})) as address:
            why = site.Bot(site.Site(address, "token"), "one").check("u1")
        self.assertIn(site.CODE, why)


class ProbeTest(unittest.TestCase):
    def test_each_stream_counts_its_requests_and_keeps_what_was_acknowledged(self):
        def answer(method, path):
            return 200, {"turn_id": "t1", "messages": [{"text": "pong"}], "status": "live"}

        with serving(answer) as address:
            order = {"address": address, "token": "t", "seconds": 0.4, "phase": "alone-1"}
            found = probe.run({**order, "bot": "/api/v1/bots/neighbour"})
        self.assertEqual(found["streams"]["plain"]["requests"], 8)
        self.assertEqual(found["streams"]["plain"]["wrong"], [])
        self.assertEqual(len(found["streams"]["code"]["wrong"]), 4)
        self.assertEqual(found["acknowledged"]["alone-1-plain-0"], ["t1"])


class LeftTest(unittest.TestCase):
    def siege(self, server):
        made = siege.Siege(server, seen().attack, siege.QUICK, MOST)
        made.seen.heap, made.seen.descriptors = (10 << 20, None), (100, 0)
        made.seen.resident = (0, 0, 0)
        return made

    def server(self, heap, descriptors):
        return types.SimpleNamespace(
            live_heap=lambda: heap,
            descriptors=lambda: descriptors,
            peak=lambda: 0,
            resident=lambda: 0,
        )

    def test_memory_and_descriptors_must_be_where_they_were(self):
        self.assertIsNone(self.siege(self.server(20 << 20, 101)).left_over())
        grown = self.siege(self.server(900 << 20, 101)).left_over()
        self.assertEqual(grown, "the live heap grew by 890 MiB")
        self.assertEqual(self.siege(self.server(20 << 20, 400)).left_over(), "300 descriptors more")

    def test_what_was_acknowledged_must_be_there_in_order(self):
        for kept, fine in ((["t1", "t2"], True), (["t2", "t1"], False), (["t2"], False)):
            with self.subTest(kept):
                lines = [{"turn_id": turn} for turn in kept for _ in range(2)]
                with serving(lambda method, path: (200, {"transcript": lines})) as address:
                    server = types.SimpleNamespace(site=site.Site(address, "token"))
                    made = self.siege(server)
                    made.acknowledged = {"u1": ["t1", "t2"]}
                    self.assertEqual(made.lost() is None, fine)


@contextlib.contextmanager
def serving(answer):
    """A server that answers everything with `answer(method, path) -> (status, JSON)`."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def any(self):
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            status, body = answer(self.command, self.path)
            said = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_PUT = do_POST = do_DELETE = any

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}"
        finally:
            listening.shutdown()
            thread.join()


if __name__ == "__main__":
    unittest.main()
