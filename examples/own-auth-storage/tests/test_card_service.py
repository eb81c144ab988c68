"""The service over HTTP, and as a process."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

BOT = pathlib.Path(__file__).resolve().parent.parent
SERVICE = BOT / "service"
sys.path.insert(0, str(SERVICE))

import card_service  # noqa: E402
import cards  # noqa: E402

SECRET = "test"
NOW = 1767225600


def signature(delivery, stamp, body, secret=SECRET):
    signed = f"{delivery}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret.encode(), signed, "sha256")).decode()


def payload(user_id="u1", **entities):
    items = {name: [{"entity_value": value}] for name, value in entities.items()}
    return {"user": {"user_id": user_id}, "entities": items}


SIGN_IN = payload(card={"value": "c1001"}, code={"value": "246810"})


class OverHttp(unittest.TestCase):
    def setUp(self):
        cards.HASH_ROUNDS = 10  # as safe as a test needs it
        self.cards = {name: card_service.open_cards("", name) for name in card_service.ENVIRONMENTS}
        self.server = card_service.serve(SECRET, self.cards, lambda: NOW)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        self.deliveries = 0

    def tearDown(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        for one in self.cards.values():
            one.close()

    def send(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def post(self, path, content, **changes):
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.deliveries += 1
        delivery = changes.get("webhook-id", f"d{self.deliveries}")
        stamp = changes.get("webhook-timestamp", str(NOW))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": delivery,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(delivery, stamp, body),
            **changes,
        }
        return self.send("POST", path, body, headers)

    def test_who_is_signed_in_sees_and_spends_points(self):
        self.assertEqual(True, self.post("/staging/sign-in", SIGN_IN)[1]["status"])
        status, answer = self.post("/staging/points", payload())
        self.assertEqual((200, "C1001", 120), (status, answer["card"], answer["left"]))
        spent = self.post("/staging/spend", payload(points="20"))[1]
        self.assertEqual(("spent", 100), (spent["state"], spent["left"]))
        self.post("/staging/sign-out", payload())
        self.assertFalse(self.post("/staging/points", payload())[1]["signed_in"])

    def test_who_is_not_signed_in_sees_and_spends_nothing(self):
        self.post("/staging/sign-in", SIGN_IN)
        for path in ("/staging/points", "/staging/spend", "/production/points"):
            user = "u1" if path.startswith("/production") else "u2"
            answer = self.post(path, payload(user, points="20", card="C1001"))[1]
            self.assertEqual({"status": False, "signed_in": False}, answer, path)

    def test_one_chat_message_spends_once_however_often_it_is_tried(self):
        self.post("/staging/sign-in", SIGN_IN)
        for _ in range(3):
            message = {"Idempotency-Key": "m1"}
            answer = self.post("/staging/spend", payload(points="20"), **message)[1]
            self.assertEqual(("spent", 100), (answer["state"], answer["left"]))

    def test_odd_points_are_not_spent(self):
        self.post("/staging/sign-in", SIGN_IN)
        for odd in ("0", "-5", "121", "9" * 5000, "", "x", 7, None, [], {"value": {}}):
            answer = self.post("/staging/spend", payload(points=odd))[1]
            self.assertEqual(("not_spent", 120), (answer["state"], answer["left"]), odd)

    def test_entities_of_odd_shapes_are_as_good_as_none(self):
        for odd in (5, None, [], [7], [{"entity_value": 7}], {}):
            content = {"user": {"user_id": "u1"}, "entities": {"card": odd}}
            self.assertFalse(self.post("/staging/sign-in", content)[1]["status"], odd)

    def test_a_request_without_the_right_signature_is_401(self):
        body = json.dumps(SIGN_IN).encode()
        right = signature("d1", NOW, body)
        for other in ("", right[:-1], right[3:], "v1,", "v1,\xe9", signature("d2", NOW, body),
                      signature("d1", NOW + 1, body), signature("d1", NOW, body, "other")):
            changes = {"webhook-id": "d1", "webhook-signature": other}
            self.assertEqual(401, self.post("/staging/sign-in", body, **changes)[0], other)
        headers = {"Content-Type": "application/json"}
        self.assertEqual(401, self.send("POST", "/staging/sign-in", body, headers)[0])
        self.assertFalse(self.post("/staging/points", payload())[1]["signed_in"])

    def test_one_right_signature_of_several_will_do(self):
        body = json.dumps(SIGN_IN).encode()
        both = "v1,b2xkIGtleQ== " + signature("d1", NOW, body)
        changes = {"webhook-id": "d1", "webhook-signature": both}
        self.assertEqual(200, self.post("/staging/sign-in", body, **changes)[0])

    def test_an_old_request_is_401_and_one_that_comes_again_409(self):
        for stamp in (NOW - 301, NOW + 301, "", "now"):
            changes = {"webhook-timestamp": str(stamp)}
            self.assertEqual(401, self.post("/staging/points", payload(), **changes)[0])
        again = {"webhook-id": "same"}
        self.assertEqual(200, self.post("/staging/points", payload(), **again)[0])
        self.assertEqual(409, self.post("/staging/points", payload(), **again)[0])

    def test_the_documented_signature_vector(self):  # docs/reference/webhook.md
        headers = {
            "webhook-id": "inv_01",
            "webhook-timestamp": str(NOW),
            "webhook-signature": "v1,JSrTLiXde/YrUrz6Y6lCwA3BCQmM8wnC8vHFCCF88XI=",
        }
        body = b'{"node":"ORDER_STATUS","event":"API_INTEGRATION"}'
        card_service.check_signature("test", headers, body, NOW)
        with self.assertRaises(card_service.Refused):
            card_service.check_signature("test", headers, body + b" ", NOW)

    def test_a_body_that_is_no_payload_is_400(self):
        for content in ([], None, "x", {}, {"user": {}}, {"user": {"user_id": 1}, "entities": {}},
                        {"user": {"user_id": "u"}, "entities": []}, b"{", b"\xff", b"[" * 10_000):
            self.assertEqual(400, self.post("/staging/points", content)[0], content)

    def test_another_type_no_body_or_a_large_one_is_refused(self):
        plain = {"Content-Type": "text/plain"}
        self.assertEqual(400, self.post("/staging/points", payload(), **plain)[0])
        self.assertEqual(400, self.post("/staging/points", b"")[0])
        headers = {"Content-Type": "application/json", "Content-Length": str(10**8)}
        self.assertEqual(413, self.send("POST", "/staging/points", None, headers)[0])
        headers["Content-Length"] = "9" * 5000
        self.assertEqual(400, self.send("POST", "/staging/points", None, headers)[0])

    def test_an_unknown_path_is_404(self):
        for path in ("/", "/staging", "/points", "/test/points", "/staging/points/x", "/staging/x"):
            self.assertEqual(404, self.post(path, payload())[0], path)

    def test_get_answers_200(self):
        self.assertEqual(200, self.send("GET", "/", None, {})[0])

    def test_a_file_that_fails_is_503(self):
        self.cards["staging"].close()
        self.assertEqual(503, self.post("/staging/points", payload())[0])
        self.assertEqual(200, self.post("/production/points", payload())[0])

    def test_the_samples_are_payloads(self):
        order = {"sign-in": "SIGN_IN", "points": "MY_POINTS"}
        order.update({"spend": "SPEND", "sign-out": "SIGN_OUT"})
        for path, sample in order.items():
            body = (BOT / "samples" / f"{sample}.json").read_bytes()
            status, answer = self.post(f"/staging/{path}", body)
            self.assertEqual((200, True), (status, answer["status"]), answer)


class AsProcess(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, secret):
        environment = {**os.environ, "CARD_HOOK_SECRET": secret, "SERVICE_DATA": str(self.folder)}
        process = subprocess.Popen(
            [sys.executable, str(SERVICE / "card_service.py")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )
        self.addCleanup(end, process)
        return process

    def test_it_ends_with_its_standard_input_and_keeps_a_file_for_each_environment(self):
        process = self.start(SECRET)
        self.assertGreater(json.loads(process.stdout.readline())["port"], 0)
        process.stdin.close()
        self.assertEqual(0, process.wait(60))
        files = {file.name for file in self.folder.glob("*.db")}
        self.assertEqual({"staging.db", "production.db"}, files)

    def test_it_does_not_start_without_a_secret_or_with_a_broken_file(self):
        (self.folder / "staging.db").write_text("this is no database, but some words" * 100)
        for secret, reason in (("", "CARD_HOOK_SECRET is not set"), (SECRET, "cannot be opened")):
            process = self.start(secret)
            self.assertEqual(1, process.wait(60))
            self.assertIn(reason, process.stderr.read())


def end(process):
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


if __name__ == "__main__":
    unittest.main()
