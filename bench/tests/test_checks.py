import contextlib
import json
import os
import socketserver
import threading
import unittest
from unittest import mock

import here  # noqa: F401
from contestants.base import Missing
from contestants.peer import Peer
from harness.checks import Wrong, no_failure, same_reply
from harness.workload import workloads
from stand_in import server

W1 = workloads()["W1"]
REPLY = W1.reply()


def start(answer):
    with server(answer) as url, mock.patch.dict(os.environ, {"PEER_URL": url}):
        Peer(W1, folder=None, group=None).start()


@contextlib.contextmanager
def speaking(words, serving):
    """The address of somebody who says only this, or of nobody."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(words)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as listening:
        url = f"http://127.0.0.1:{listening.server_address[1]}/"
        if serving:
            thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
            thread.start()
            try:
                yield url
            finally:
                listening.shutdown()
                thread.join()
            return
    yield url


class SameReplyTest(unittest.TestCase):
    def test_the_reply_of_the_workload_is_accepted_however_it_is_spaced(self):
        start(lambda body: (200, json.dumps(REPLY, indent=3, sort_keys=True).encode()))

    def test_the_peer_gets_the_payload_of_the_workload(self):
        seen = []
        start(lambda body: (seen.append(body), (200, json.dumps(REPLY).encode()))[1])
        self.assertEqual(seen, [W1.payload])

    def test_a_peer_that_answers_something_else_is_refused(self):
        other = {**REPLY, "status": False}
        for name, reply in (("other", other), ("empty", {}), ("list", []), ("null", None)):
            with self.subTest(name), self.assertRaisesRegex(Wrong, "another reply"):
                start(lambda body: (200, json.dumps(reply).encode()))

    def test_a_peer_that_answers_no_json_is_refused(self):
        for reply in (b"", b"<html>", b"\xff\xfe", b"[" * 200_000):
            with self.subTest(reply), self.assertRaisesRegex(Wrong, "no such reply"):
                start(lambda body: (200, reply))

    def test_the_right_reply_with_another_status_is_refused(self):
        for status in (201, 404, 500):
            with self.subTest(status), self.assertRaisesRegex(Wrong, f"status {status}"):
                start(lambda body: (status, json.dumps(REPLY).encode()))

    def test_a_peer_that_breaks_after_its_start_is_noticed(self):
        answers = [(200, json.dumps(REPLY).encode()), (200, b"{}"), None]
        with server(lambda body: answers.pop(0)) as url:
            with mock.patch.dict(os.environ, {"PEER_URL": url}):
                peer = Peer(W1, None, None)
                peer.start()
            self.assertRaises(Wrong, same_reply, peer, peer.expected)
            self.assertRaises(OSError, same_reply, peer, peer.expected)

    def test_without_its_address_it_is_missing(self):
        for url in ("", "localhost:80", "ftp://127.0.0.1/", "http:///"):
            with self.subTest(url), mock.patch.dict(os.environ, {"PEER_URL": url}):
                self.assertRaises(Missing, Peer(W1, None, None).start)

    def test_a_peer_that_speaks_no_http_or_is_not_there_is_refused(self):
        for name, serving in (("no HTTP", True), ("nobody", False)):
            with self.subTest(name), speaking(b"no HTTP at all\r\n\r\n", serving) as url:
                with mock.patch.dict(os.environ, {"PEER_URL": url}):
                    peer = Peer(W1, None, None)
                    peer.start_seconds = 0
                    self.assertRaisesRegex(Wrong, "not ready after", peer.start)


class NoFailureTest(unittest.TestCase):
    GOOD = {"requests": 10, "refused": 0, "broken": 0}

    def test_a_clean_load_passes(self):
        no_failure(self.GOOD, failures=0)

    def test_nothing_done_and_anything_failed_are_refused(self):
        for change in ({"requests": 0}, {"refused": 1}, {"broken": 1}):
            with self.subTest(change):
                self.assertRaises(Wrong, no_failure, {**self.GOOD, **change}, 0)

    def test_a_failure_behind_a_status_of_200_is_refused(self):
        self.assertRaises(Wrong, no_failure, self.GOOD, failures=1)
