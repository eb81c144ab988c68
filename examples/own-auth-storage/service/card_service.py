"""The API behind the bot own-auth-storage: signs users in, and keeps their points.

POST /ENVIRONMENT/sign-in, /points, /spend and /sign-out take the payload of an API integration and
answer with the bot's reply. ENVIRONMENT is staging or production; each has a file of its own. GET
of any path answers 200.

Every POST is signed as Standard Webhooks are (webhook-id, webhook-timestamp, webhook-signature).
The secret comes in CARD_HOOK_SECRET, the folder of the files in SERVICE_DATA; without one, all is
kept in memory.

Listens on 127.0.0.1 and prints {"port": N} as the first line of its standard output, then its log.
Ends when its standard input ends.
"""

import base64
import hashlib
import hmac
import http.server
import json
import logging
import os
import pathlib
import re
import sqlite3
import sys
import threading
import time

from cards import Cards

ENVIRONMENTS = ("staging", "production")
DEMONSTRATION = pathlib.Path(__file__).resolve().parent / "demonstration.json"
MAX_BODY = 256 * 1024  # bytes
CLOCKS_APART = 5 * 60  # seconds that webhook-timestamp may differ

logger = logging.getLogger("cards")


def main():
    secret = os.environ.get("CARD_HOOK_SECRET", "")
    if not secret:
        sys.exit("CARD_HOOK_SECRET is not set: without it, anybody could be anyone.")
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    try:
        folder = os.environ.get("SERVICE_DATA", "")
        cards = {name: open_cards(folder, name) for name in ENVIRONMENTS}
    except sqlite3.Error as error:
        sys.exit(f"the files of the cards cannot be opened: {error}")
    server = on_port_of_before(lambda port: serve(secret, cards, time.time, port))
    if not sys.stdin.isatty():
        threading.Thread(target=end_with_input, name="stdin-watch", daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


def open_cards(folder, environment):
    file = str(pathlib.Path(folder) / f"{environment}.db") if folder else ":memory:"
    cards = Cards(file, time.time)
    cards.add_missing(json.loads(DEMONSTRATION.read_text()))
    return cards


def end_with_input():
    """The server holds our standard input open; its end means that the server is gone."""
    while os.read(0, 4096):
        pass
    os._exit(0)


def on_port_of_before(serve):
    """On the port of the last start, which copies of the bot know; on any where it is taken."""
    try:
        return serve(int(os.environ.get("SERVICE_PORT", "0")))
    except (OSError, OverflowError, ValueError):
        return serve(0)


def serve(secret, cards, clock, port=0):
    """A server that is bound and not running yet; port 0 takes a free one.

    cards: by environment
    """
    attributes = {"secret": secret, "cards": cards, "clock": staticmethod(clock)}
    handler = type("Handler", (CardHandler,), attributes)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


class CardHandler(http.server.BaseHTTPRequestHandler):
    """Checks a request, hands its payload to the function of its path, sends the reply."""

    timeout = 10  # seconds for a client that is silent

    def do_GET(self):
        self.send(200, {"service": "cards", "status": "ready"})

    def do_POST(self):
        try:
            body = self.read_body()
            check_signature(self.secret, self.headers, body, self.clock())
            environment, action = self.place()
            request = Request(body, self.headers)
            if not environment.is_new(self.headers["webhook-id"], self.clock() - 2 * CLOCKS_APART):
                raise Refused(409, "this request has been here before")
            self.send(200, action(request, environment))
        except Refused as refused:
            logger.warning("%r: %d, %s", self.path, refused.status, refused.reason)
            self.send(refused.status, {"error": refused.reason})
        except sqlite3.Error as error:
            logger.error("%r: %s", self.path, error)
            self.send(503, {"error": "the cards cannot be used at the moment"})

    def read_body(self):
        """The raw bytes, which the signature covers."""
        if self.headers.get_content_type() != "application/json":
            raise Refused(400, "the content type must be application/json")
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[1-9][0-9]{0,8}", length):
            raise Refused(400, "a body with its Content-Length is needed")
        if int(length) > MAX_BODY:
            raise Refused(413, "the body is too large")
        return self.rfile.read(int(length))

    def place(self):
        """The cards of the environment, and the function, that the path names."""
        _, environment, *rest = (self.path + "/").split("/")
        action = ACTIONS.get("/".join(rest).rstrip("/"))
        if environment not in self.cards or action is None:
            raise Refused(404, "there is nothing at this path")
        return self.cards[environment], action

    def send(self, status, content):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        logger.debug(format, *args)


class Refused(Exception):
    def __init__(self, status, reason):
        super().__init__(reason)
        self.status, self.reason = status, reason


def check_signature(secret, headers, body, now):
    """Compares in constant time: how long it takes tells nothing of the right signature."""
    delivery, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signed = f"{delivery}.{stamp}.".encode("utf-8", "replace") + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    given = headers.get("webhook-signature", "").encode("utf-8", "replace").split()
    if not any([hmac.compare_digest(expected, one) for one in given]):
        raise Refused(401, "webhook-signature is missing or does not fit the request")
    if not re.fullmatch("[0-9]{1,15}", stamp) or abs(now - int(stamp)) > CLOCKS_APART:
        raise Refused(401, "webhook-timestamp is not the time of now")


class Request:
    """What the bot has sent, as far as it is needed here."""

    def __init__(self, body, headers):
        try:
            payload = json.loads(body)
            self.user = payload["user"]["user_id"]
            self._entities = payload["entities"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Refused(400, "the body is not the payload of an integration") from None
        if not isinstance(self.user, str) or not isinstance(self._entities, dict):
            raise Refused(400, "user_id must be a text, and entities an object")
        # The same for every try of one chat message: what it asks for is done but once.
        self.key = headers.get("Idempotency-Key") or headers["webhook-id"]

    def value(self, name):
        """The first value of an entity, or ""; some wrap it as {"value": text}, some do not."""
        items = self._entities.get(name)
        item = items[0] if isinstance(items, list) and items else {}
        value = item.get("entity_value", "") if isinstance(item, dict) else ""
        value = value.get("value", "") if isinstance(value, dict) else value
        return value if isinstance(value, str) else ""


# --- What the bot asks for -----------------------------------------------------------------------


def sign_in(request, cards):
    card = request.value("card").upper()
    state, left = cards.sign_in(request.user, card, request.value("code"))
    logger.info("sign-in with %r: %s", card, state)
    if state == "signed_in":
        return said(True, f"Welcome. You are signed in with card {card} for 15 minutes.")
    if state == "closed":
        return said(False, f"That was wrong too often. Card {card} is closed for ten minutes.")
    tries = "1 try" if left == 1 else f"{left} tries"
    wrong = f"That card and that code do not belong together. You have {tries} left. Which code?"
    return said(False, wrong)


def sign_out(request, cards):
    cards.sign_out(request.user)
    return said(True, "You are signed out.")


def points(request, cards):
    card = cards.card_of(request.user)
    if card is None:
        return {"status": False, "signed_in": False}
    return {"status": True, "signed_in": True, "card": card, "left": cards.points(card)}


def spend(request, cards):
    card = cards.card_of(request.user)
    if card is None:
        return {"status": False, "signed_in": False}
    wanted = request.value("points")
    wanted = int(wanted) if re.fullmatch("[0-9]{1,9}", wanted) else 0
    done, left = cards.spend(request.user, card, wanted, request.key)
    state = "spent" if done else "not_spent"
    logger.info("%d points of %s: %s", wanted, card, state)
    return {"status": done, "signed_in": True, "state": state, "card": card, "left": left}


def said(status, text):
    """`response` is what the bot says; an end node completes only where `status` is true."""
    return {"status": status, "response": [text]}


ACTIONS = {"sign-in": sign_in, "sign-out": sign_out, "points": points, "spend": spend}


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
