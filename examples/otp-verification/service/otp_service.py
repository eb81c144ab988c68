"""The API behind the bot otp-verification: requests and verifies one-time codes.

POST /otp/request and POST /otp/verify take the payload of an API integration, signed with
X-Hub-Signature, and answer with the bot's reply. Any GET answers 200.

Listens on 127.0.0.1 and prints {"port": N} as the first line of its standard output. The secret
comes in OTP_HOOK_SECRET. Ends with its parent, and when its standard input ends.
No text message is sent: a code is written to the log, which follows on the standard output and
stands in for the operator's gateway.
"""

import ctypes
import hashlib
import hmac
import http.server
import json
import logging
import os
import secrets
import signal
import sys
import threading
import time

from otp_codes import DEMONSTRATION_CODE, Codes

MAX_BODY = 256 * 1024  # bytes
RESEND_HINT = "Say: send a new code."

logger = logging.getLogger("otp")


def main():
    secret = os.environ.get("OTP_HOOK_SECRET", "")
    if not secret:
        sys.exit("OTP_HOOK_SECRET is not set: without it, anybody could ask for codes.")
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    end_with_parent()
    codes = Codes(time.monotonic, lambda n: f"{secrets.randbelow(10**n):0{n}}")
    server = on_port_of_before(lambda port: serve(secret, codes, port))
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


def on_port_of_before(serve):
    """On the port of the last start, which copies of the bot know; on any where it is taken."""
    try:
        return serve(int(os.environ.get("SERVICE_PORT", "0")))
    except (OSError, OverflowError, ValueError):
        return serve(0)


def serve(secret, codes, port=0):
    """A server that is bound and not running yet; port 0 takes a free one."""
    routes = {"/otp/request": request_code, "/otp/verify": verify_code}

    class Handler(OtpHandler):
        pass

    Handler.secret, Handler.codes, Handler.routes = secret, codes, routes
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class OtpHandler(http.server.BaseHTTPRequestHandler):
    """Checks a request, hands its payload to the function of its path, sends the reply."""

    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds for a client that is silent

    def do_GET(self):
        self.send(200, {"service": "otp", "status": "ready"})

    def do_POST(self):
        body = self.read_body()
        if body is None:
            return
        if self.headers.get_content_type() != "application/json":
            self.refuse(400, "the content type must be application/json")
        elif not is_signed(body, self.headers.get("X-Hub-Signature", ""), self.secret):
            self.refuse(401, "X-Hub-Signature is missing or does not fit the body")
        elif (answer := self.routes.get(self.path.partition("?")[0])) is None:
            self.refuse(404, "there is nothing at this path")
        elif (payload := parse(body)) is None:
            self.refuse(400, "the body is not the payload of an integration")
        else:
            self.send(200, answer(payload, self.codes))

    def read_body(self):
        """The raw bytes, which the signature covers; None when the request was refused."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) == 0:
            return self.refuse(400, "a body with its Content-Length is needed")
        if int(length) > MAX_BODY:
            return self.refuse(413, "the body is too large")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return self.refuse(400, "the body is shorter than its Content-Length")
        return body

    def refuse(self, status, reason):
        logger.warning("%s %r: %d, %s", self.command, self.path, status, reason)
        self.close_connection = True
        self.send(status, {"error": reason})

    def send(self, status, reply):
        data = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        logger.debug(format, *args)


def is_signed(body, signature, secret):
    """Compares in constant time: how long it takes tells nothing of the right signature."""
    expected = "sha1=" + hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def parse(body):
    """The payload, or None where a part that is needed is not of its type."""
    try:
        payload = json.loads(body)
        parts = [payload["user"], payload["entities"], payload["conversation_details"]]
        user_id = payload["user"]["user_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    is_sound = all(isinstance(part, dict) for part in parts) and isinstance(user_id, str)
    return payload if is_sound else None


# --- What the bot asks for -----------------------------------------------------------------------


def request_code(payload, codes):
    """Issues a code for the number that was just given, or for the one given before."""
    number = given_number(payload) or known_number(payload)
    if not number:
        return reply(False, "I do not know your number yet. Say: verify my number.")
    code = codes.issue(payload["user"]["user_id"], number)
    if code is None:
        return reply(False, "That were many codes. Please try again in ten minutes.")
    if code != DEMONSTRATION_CODE:
        logger.info("no gateway in this example; the code for %s is %s", number, code)
    details = {"phone_number": number}
    return reply(True, "I have sent you a code. Please enter its six digits.", details)


def verify_code(payload, codes):
    """Compares the entered code with the one that was issued."""
    number = known_number(payload)
    state, attempts_left = codes.verify(payload["user"]["user_id"], number, entered_code(payload))
    details = {"phone_number": number, "attempts_left": attempts_left}
    if state == "verified":
        return reply(True, "Thank you, your number is verified.", details)
    if state == "wrong":
        attempts = "1 attempt" if attempts_left == 1 else f"{attempts_left} attempts"
        return reply(False, f"That code is not right. You have {attempts} left.", details)
    if state == "used_up":
        said = f"That code is not right, and it was the last attempt. {RESEND_HINT}"
        return reply(False, said, details)
    return reply(False, f"There is no valid code. {RESEND_HINT}", details)


def reply(status, message, details=None):
    """`response` is what the bot says; a rule of the bot may look at `status`."""
    answer = {"status": status, "message": message, "response": [message]}
    if details is not None:
        answer["conversation_details"] = details
    return answer


def given_number(payload):
    value = first_value(payload, "phone_number")
    return "".join(c for c in value if c in "0123456789")


def known_number(payload):
    number = payload["conversation_details"].get("phone_number", "")
    return number if isinstance(number, str) else ""


def entered_code(payload):
    return first_value(payload, "otp")


def first_value(payload, name):
    """The first item's text; some entities wrap it as {"value": text}, some do not."""
    items = payload["entities"].get(name) or [{}]
    item = items[0] if isinstance(items, list) else {}
    value = item.get("entity_value", "") if isinstance(item, dict) else ""
    value = value.get("value", "") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


# --- Life ----------------------------------------------------------------------------------------


def end_with_parent():
    """Leaves no orphan behind, however the parent ended, kill -9 included.

    The end of standard input tells it, since the parent held the other end. The kernel's signal
    tells it too; it is also sent when only the parent's thread that started us ended, hence the
    look at the parent's id.
    """
    parent = os.getppid()
    if not sys.stdin.isatty():
        threading.Thread(target=end_with_input, name="stdin-watch", daemon=True).start()
    if sys.platform != "linux":
        return
    signal.signal(signal.SIGUSR2, lambda *_: os._exit(0) if os.getppid() != parent else None)
    pr_set_pdeathsig = 1
    ctypes.CDLL(None, use_errno=True).prctl(pr_set_pdeathsig, signal.SIGUSR2)
    if os.getppid() != parent:
        os._exit(0)


def end_with_input():
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
