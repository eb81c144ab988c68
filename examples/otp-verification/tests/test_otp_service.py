"""The service over HTTP, and how it ends."""

import hashlib
import hmac
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import threading
import time
import unittest

SERVICE = pathlib.Path(__file__).resolve().parent.parent / "service"
sys.path.insert(0, str(SERVICE))

import otp_codes  # noqa: E402
import otp_service  # noqa: E402

SECRET = "test"
NUMBER = "+44 20 7946 0018"


def payload(number=None, otp=None, details=None, user_id="u1"):
    entities = {"phone_number": [], "otp": []}
    if number is not None:
        entities["phone_number"] = [{"detection": "message", "entity_value": number}]
    if otp is not None:
        entities["otp"] = [{"detection": "message", "entity_value": {"value": otp}}]
    return {
        "user": {"user_id": user_id},
        "entities": entities,
        "conversation_details": details or {},
    }


def signature(body, secret=SECRET):
    return "sha1=" + hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()


class OverHttp(unittest.TestCase):
    def setUp(self):
        self.now = 1000.0
        codes = otp_codes.Codes(lambda: self.now, lambda n: "654321")
        self.server = otp_service.serve(SECRET, codes)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def tearDown(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        finally:
            connection.close()

    def post(self, path, content):
        body = json.dumps(content).encode()
        headers = {"Content-Type": "application/json", "X-Hub-Signature": signature(body)}
        return self.send("POST", path, body, headers)

    def test_a_number_is_verified(self):
        status, answer = self.post("/otp/request", payload(NUMBER))
        self.assertEqual((200, True), (status, answer["status"]))
        details = answer["conversation_details"]
        self.assertEqual({"phone_number": "442079460018"}, details)
        status, answer = self.post("/otp/verify", payload(otp="654321", details=details))
        self.assertEqual((200, True), (status, answer["status"]))
        self.assertEqual(["Thank you, your number is verified."], answer["response"])

    def test_wrong_codes_are_counted_down(self):
        details = self.post("/otp/request", payload(NUMBER))[1]["conversation_details"]
        said = []
        for _ in range(4):
            answer = self.post("/otp/verify", payload(otp="000000", details=details))[1]
            self.assertFalse(answer["status"])
            details = answer["conversation_details"]
            said += answer["response"]
        self.assertEqual(
            [
                "That code is not right. You have 2 attempts left.",
                "That code is not right. You have 1 attempt left.",
                "That code is not right, and it was the last attempt. Say: send a new code.",
                "There is no valid code. Say: send a new code.",
            ],
            said,
        )

    def test_a_code_expires(self):
        details = self.post("/otp/request", payload(NUMBER))[1]["conversation_details"]
        self.now += otp_codes.EXPIRY
        answer = self.post("/otp/verify", payload(otp="654321", details=details))[1]
        self.assertEqual(["There is no valid code. Say: send a new code."], answer["response"])

    def test_a_resend_uses_the_number_that_is_known(self):
        answer = self.post("/otp/request", payload(details={"phone_number": "442079460018"}))[1]
        self.assertTrue(answer["status"])

    def test_a_resend_without_a_number_says_so(self):
        answer = self.post("/otp/request", payload())[1]
        self.assertFalse(answer["status"])
        self.assertEqual("I do not know your number yet. Say: verify my number.", answer["message"])

    def test_get_answers_200(self):
        self.assertEqual(200, self.send("GET", "/")[0])

    def test_a_wrong_or_missing_signature_is_401(self):
        body = json.dumps(payload(NUMBER)).encode()
        for given in ["", "sha1=", signature(body, "other"), signature(body)[5:], "sha1=\xe9"]:
            headers = {"Content-Type": "application/json", "X-Hub-Signature": given}
            self.assertEqual(401, self.send("POST", "/otp/request", body, headers)[0], given)
        headers = {"Content-Type": "application/json"}
        self.assertEqual(401, self.send("POST", "/otp/request", body, headers)[0])

    def test_the_signature_covers_the_raw_bytes(self):
        body = json.dumps(payload(NUMBER), indent=3).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        headers["X-Hub-Signature"] = signature(body)
        self.assertEqual(200, self.send("POST", "/otp/request", body, headers)[0])

    def test_the_documented_signature_vector(self):  # B5
        body = b'{"node":"ORDER_STATUS","event":"API_INTEGRATION"}'
        expected = "sha1=74dc12c57903ebe7344d4d12c23212051e669c98"
        self.assertTrue(otp_service.is_signed(body, expected, "test"))

    def test_another_content_type_or_an_empty_body_is_400(self):
        body = b"a=1"
        headers = {"Content-Type": "text/plain", "X-Hub-Signature": signature(body)}
        self.assertEqual(400, self.send("POST", "/otp/request", body, headers)[0])
        headers = {"Content-Type": "application/json", "X-Hub-Signature": signature(b"")}
        self.assertEqual(400, self.send("POST", "/otp/request", b"", headers)[0])

    def test_a_body_that_is_no_payload_is_400(self):
        for content in [[], None, "text", {}, {"user": 1}, {**payload(), "entities": []}]:
            self.assertEqual(400, self.post("/otp/request", content)[0], content)
        for body in [b"{", b"\xff", b"[" * 100_000]:
            headers = {"Content-Type": "application/json", "X-Hub-Signature": signature(body)}
            self.assertEqual(400, self.send("POST", "/otp/request", body, headers)[0])

    def test_entities_of_odd_shapes_are_as_good_as_none(self):
        for odd in [5, [7], [{"entity_value": 7}], [{"entity_value": {"value": []}}], {}]:
            content = payload()
            content["entities"]["phone_number"] = odd
            self.assertFalse(self.post("/otp/request", content)[1]["status"], odd)

    def test_an_unknown_path_is_404_and_a_large_body_413(self):
        self.assertEqual(404, self.post("/otp", payload())[0])
        headers = {"Content-Type": "application/json", "Content-Length": str(10**9)}
        self.assertEqual(413, self.send("POST", "/otp/request", None, headers)[0])


class AsProcess(unittest.TestCase):
    def start(self, **options):
        environment = {**os.environ, "OTP_HOOK_SECRET": SECRET}
        command = [sys.executable, str(SERVICE / "otp_service.py")]
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, **options,
        )
        self.addCleanup(self.end, process)
        return process

    def end(self, process):
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def test_it_tells_its_port_and_answers_there(self):
        port = json.loads(self.start().stdout.readline())["port"]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/")
        self.assertEqual(200, connection.getresponse().status)
        connection.close()

    def test_it_ends_with_its_standard_input(self):
        process = self.start()
        process.stdout.readline()
        process.stdin.close()
        self.assertEqual(0, process.wait(60))

    def test_it_ends_when_its_parent_is_killed(self):
        # The standard input stays open here, so it is the kernel's signal that is tested.
        keep_open, held = os.pipe()
        self.addCleanup(os.close, keep_open)
        self.addCleanup(os.close, held)
        parent = textwrap.dedent(f"""
            import subprocess, sys, time
            child = subprocess.Popen([sys.executable, {str(SERVICE / "otp_service.py")!r}],
                stdin={keep_open}, stdout=subprocess.PIPE)
            child.stdout.readline()
            print(child.pid, flush=True)
            time.sleep(60)
        """)
        process = subprocess.Popen(
            [sys.executable, "-c", parent], stdout=subprocess.PIPE,
            env={**os.environ, "OTP_HOOK_SECRET": SECRET}, pass_fds=[keep_open],
        )
        child = int(process.stdout.readline())
        self.assertTrue(is_alive(child))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        deadline = time.monotonic() + 30
        while is_alive(child) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertFalse(is_alive(child))

    def test_it_survives_the_thread_that_started_it(self):
        started = []

        def start():
            started.append(self.start())
            started[0].stdout.readline()

        thread = threading.Thread(target=start)
        thread.start()
        thread.join()
        time.sleep(1)
        self.assertIsNone(started[0].poll())

    def test_it_does_not_start_without_a_secret(self):
        environment = {k: v for k, v in os.environ.items() if k != "OTP_HOOK_SECRET"}
        done = subprocess.run(
            [sys.executable, str(SERVICE / "otp_service.py")], env=environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        )
        self.assertNotEqual(0, done.returncode)
        self.assertIn("OTP_HOOK_SECRET", done.stderr)


def is_alive(pid):
    """Whether it runs; one that ended and waits for its parent does not."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


if __name__ == "__main__":
    unittest.main()
