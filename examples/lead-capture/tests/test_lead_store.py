"""The service over HTTP, and as a process."""

import hashlib
import hmac
import http.client
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

SERVICE = pathlib.Path(__file__).resolve().parent.parent / "service" / "lead_store.py"
spec = importlib.util.spec_from_file_location("lead_store", SERVICE)
lead_store = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lead_store)

KEY = "test"
NOW = 1767225600
PATH = "/lists/trial/leads/u1"
LEAD = {"email": "me@acme.example", "topic": "solar"}


def signature(method, path, stamp, body, key=KEY):
    signed = f"{method}\n{path}\n{stamp}\n".encode() + body
    return hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


class OverHttp(unittest.TestCase):
    def setUp(self):
        self.leads = lead_store.Leads(":memory:")
        self.server = lead_store.serve(KEY, self.leads, lambda: NOW)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def tearDown(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self.leads.close()

    def send(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def ask(self, method, path=PATH, body=b"", stamp=str(NOW), **changes):
        headers = {"X-Time": stamp, "X-Signature": signature(method, path, stamp, body)}
        headers.update(changes)
        return self.send(method, path, body or None, headers)

    def put(self, content, path=PATH):
        return self.ask("PUT", path, json.dumps(content).encode())

    def test_a_lead_that_was_put_is_found(self):
        self.assertEqual((200, {"lead": None}), self.ask("GET"))
        self.assertEqual((200, {"lead": LEAD, "before": None}), self.put(LEAD))
        self.assertEqual((200, {"lead": LEAD}), self.ask("GET"))

    def test_a_lead_is_replaced_and_the_old_one_told(self):
        self.put(LEAD)
        other = {**LEAD, "topic": "heating"}
        self.assertEqual((200, {"lead": other, "before": LEAD}), self.put(other))

    def test_lists_and_users_are_apart(self):
        self.put(LEAD)
        for path in ("/lists/leads/leads/u1", "/lists/trial/leads/u2"):
            self.assertEqual((200, {"lead": None}), self.ask("GET", path))

    def test_what_is_no_part_of_a_lead_is_not_kept(self):
        self.put({**LEAD, "admin": True})
        self.assertEqual((200, {"lead": LEAD}), self.ask("GET"))

    def test_markup_and_quotes_are_words_like_any_other(self):
        odd = {"email": "'); DROP TABLE leads; --", "topic": '<b>"solar"</b> \u2600'}
        self.assertEqual((200, {"lead": odd, "before": None}), self.put(odd))
        self.assertEqual((200, {"lead": odd}), self.ask("GET"))

    def test_a_store_that_is_being_repaired_answers_503_and_keeps_nothing(self):
        self.assertEqual(503, self.put({**LEAD, "email": "me@down.example"})[0])
        self.assertEqual((200, {"lead": None}), self.ask("GET"))

    def test_a_request_without_the_right_signature_is_401_and_changes_nothing(self):
        body = json.dumps(LEAD).encode()
        right = signature("PUT", PATH, NOW, body)
        others = [
            "", right[:-1], right.upper(), "sha256=" + right, "\xe9",
            signature("PUT", PATH, NOW, body, "other"),
            signature("GET", PATH, NOW, body),
            signature("PUT", "/lists/trial/leads/u2", NOW, body),
            signature("PUT", PATH, NOW + 1, body),
            signature("PUT", PATH, NOW, body + b" "),
        ]
        for other in others:
            self.assertEqual(401, self.ask("PUT", body=body, **{"X-Signature": other})[0], other)
        self.assertEqual(401, self.send("PUT", PATH, body, {})[0])
        self.assertEqual(401, self.send("GET", PATH, None, {})[0])
        self.assertEqual((200, {"lead": None}), self.ask("GET"))

    def test_an_old_request_cannot_be_sent_again(self):
        for stamp in (NOW - 301, NOW + 301):
            self.assertEqual(401, self.ask("GET", stamp=str(stamp))[0])
        self.assertEqual(200, self.ask("GET", stamp=str(NOW - 299))[0])

    def test_a_time_that_is_none_is_401(self):
        for stamp in ("", "now", "-1", "1e9", "\u0661"):
            status = self.send("GET", PATH, None, {
                "X-Time": stamp.encode("utf-8"), "X-Signature": signature("GET", PATH, stamp, b""),
            })[0]
            self.assertEqual(401, status, stamp)

    def test_a_body_that_is_no_lead_is_400_with_the_reason(self):
        odd = [{**LEAD, "email": 1}, {**LEAD, "topic": ""}, {**LEAD, "topic": "x" * 501}]
        for content in (None, [], "x", {}, {"email": "a"}, *odd):
            status, answer = self.put(content)
            self.assertEqual(400, status, content)
            self.assertIn("must be", answer["error"])
        for body in (b"", b"{", b"\xff", b"[" * 10_000):
            self.assertEqual(400, self.ask("PUT", body=body)[0], body[:5])

    def test_an_unknown_path_is_404_and_a_large_body_400(self):
        for path in ("/lists", "/lists/a/leads", "/lists/a/leads/b/c", "/lists/a/leads/b?c"):
            self.assertEqual(404, self.ask("GET", path)[0], path)
        for length in (str(10**9), "9" * 5000, "-1", "", "x"):
            status = self.send("PUT", PATH, None, {"Content-Length": length})[0]
            self.assertEqual(400, status, length[:9])

    def test_get_answers_200(self):
        self.assertEqual(200, self.send("GET", "/", None, {})[0])

    def test_a_file_that_fails_is_503(self):
        self.leads.close()
        self.assertEqual(503, self.put(LEAD)[0])


class AsProcess(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, **environment):
        process = subprocess.Popen(
            [sys.executable, str(SERVICE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={**os.environ, **environment},
        )
        self.addCleanup(end, process)
        return process

    def test_it_ends_with_its_standard_input_and_leads_stay(self):
        for before in (None, LEAD):
            process = self.start(LEAD_STORE_KEY=KEY, SERVICE_DATA=str(self.folder))
            self.assertGreater(json.loads(process.stdout.readline())["port"], 0)
            process.stdin.close()
            self.assertEqual(0, process.wait(60))
            leads = lead_store.Leads(str(self.folder / "leads.db"))
            self.assertEqual(before, leads.replace("trial", "u1", LEAD))
            leads.close()

    def test_it_does_not_start_without_a_key_or_with_a_broken_file(self):
        (self.folder / "leads.db").write_text("this is no database, but some words" * 100)
        for key in ("", KEY):
            process = self.start(LEAD_STORE_KEY=key, SERVICE_DATA=str(self.folder))
            self.assertEqual(1, process.wait(60))
            self.assertRegex(process.stderr.read(), "LEAD_STORE_KEY is not set|cannot be opened")


def end(process):
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


if __name__ == "__main__":
    unittest.main()
