"""Stands in for a team's own store of leads: HTTP in front of one SQLite file.

GET /lists/LIST/leads/USER answers {"lead": {...} or null}. PUT of the same path, with
{"email", "topic"} as body, replaces the lead and answers {"lead": {...}, "before": {...} or null}.
Addresses at down.example get 503, as if the store were being repaired. GET / answers 200.

Every request to a lead is signed: X-Time is the time in seconds since 1970, X-Signature the
hexadecimal HMAC-SHA256 of "METHOD\\nPATH\\nTIME\\n" and the body. Its key comes in LEAD_STORE_KEY,
the folder of the file in SERVICE_DATA; without one, leads are kept in memory.

Listens on 127.0.0.1 and prints {"port": N} as the first line of its standard output, then its log.
Ends when its standard input ends.
"""

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

MAX_BODY = 16 * 1024  # bytes
MAX_VALUE = 500  # characters of an address or a topic
CLOCKS_APART = 5 * 60  # seconds that X-Time may differ
LEAD = re.compile(r"/lists/([^/?]{1,200})/leads/([^/?]{1,200})")
DOWN = "@down.example"

logger = logging.getLogger("leads")


def main():
    key = os.environ.get("LEAD_STORE_KEY", "")
    if not key:
        sys.exit("LEAD_STORE_KEY is not set: without it, anybody could read the leads.")
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    folder = os.environ.get("SERVICE_DATA", "")
    file = str(pathlib.Path(folder) / "leads.db") if folder else ":memory:"
    try:
        leads = Leads(file)
    except sqlite3.Error as error:
        sys.exit(f"{file} cannot be opened: {error}")
    server = on_port_of_before(lambda port: serve(key, leads, time.time, port))
    if not sys.stdin.isatty():
        threading.Thread(target=end_with_input, name="stdin-watch", daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    logger.info("leads are kept in %s", file)
    server.serve_forever()


def end_with_input():
    """The server holds our standard input open; its end means that the server is gone."""
    while os.read(0, 4096):
        pass
    os._exit(0)


class Leads:
    """Leads by list and user, one at a time. file: a path, or ":memory:"."""

    def __init__(self, file):
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False)
        with self._database:
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS leads (list TEXT, user TEXT, lead TEXT NOT NULL,"
                " PRIMARY KEY (list, user))"
            )

    def find(self, where, user):
        """The lead, or None."""
        with self._lock:
            return self._find(where, user)

    def replace(self, where, user, lead):
        """What was there before, or None. On the disk when it returns."""
        with self._lock, self._database:
            before = self._find(where, user)
            self._database.execute(
                "REPLACE INTO leads VALUES (?, ?, ?)", (where, user, json.dumps(lead))
            )
            return before

    def close(self):
        self._database.close()

    def _find(self, where, user):
        row = self._database.execute(
            "SELECT lead FROM leads WHERE list = ? AND user = ?", (where, user)
        ).fetchone()
        return None if row is None else json.loads(row[0])


def on_port_of_before(serve):
    """On the port of the last start, which copies of the bot know; on any where it is taken."""
    try:
        return serve(int(os.environ.get("SERVICE_PORT", "0")))
    except (OSError, OverflowError, ValueError):
        return serve(0)


def serve(key, leads, clock, port=0):
    """A server that is bound and not running yet; port 0 takes a free one."""
    attributes = {"key": key, "leads": leads, "clock": staticmethod(clock)}
    handler = type("Handler", (LeadHandler,), attributes)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server


class LeadHandler(http.server.BaseHTTPRequestHandler):
    """Checks a request, does what it asks, and answers in JSON."""

    timeout = 10  # seconds for a client that is silent

    def do_GET(self):
        if self.path == "/":
            self.send(200, {"service": "leads", "status": "ready"})
        else:
            self.answer(b"", lambda where, user: {"lead": self.leads.find(where, user)})

    def do_PUT(self):
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,9}", length) or int(length) > MAX_BODY:
            return self.refuse(400, f"a body needs its Content-Length, {MAX_BODY} bytes at most")
        body = self.rfile.read(int(length))
        self.answer(body, lambda where, user: self.replace(where, user, body))

    def answer(self, body, action):
        """Looks at nothing but the signature before that is known to be right."""
        try:
            check(self.key, self.command, self.path, self.headers, body, self.clock())
            place = LEAD.fullmatch(self.path)
            if place is None:
                raise Refused(404, "there is nothing at this path")
            self.send(200, action(*place.groups()))
        except Refused as refused:
            self.refuse(refused.status, refused.reason)
        except sqlite3.Error as error:
            logger.error("the file: %s", error)
            self.refuse(503, "the store cannot be used at the moment")

    def replace(self, where, user, body):
        lead = parse(body)
        if lead["email"].endswith(DOWN):
            raise Refused(503, "the store is being repaired")
        before = self.leads.replace(where, user, lead)
        logger.info("a lead in %s, topic %r", where, lead["topic"])
        return {"lead": lead, "before": before}

    def refuse(self, status, reason):
        logger.warning("%s %r: %d, %s", self.command, self.path, status, reason)
        self.send(status, {"error": reason})

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


def check(key, method, path, headers, body, now):
    """Compares in constant time: how long it takes tells nothing of the right signature."""
    stamp, given = headers.get("X-Time", ""), headers.get("X-Signature", "")
    signed = f"{method}\n{path}\n{stamp}\n".encode("utf-8", "replace") + body
    expected = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace")):
        raise Refused(401, "X-Signature is missing or does not fit the request")
    if not (stamp.isascii() and stamp.isdigit()) or abs(now - int(stamp)) > CLOCKS_APART:
        raise Refused(401, "X-Time is not the time of now")


def parse(body):
    """The lead that a body holds, and nothing else of it."""
    try:
        given = json.loads(body)
        lead = {name: given[name] for name in ("email", "topic")}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(400, "the body must be a JSON object with email and topic") from None
    for name, value in lead.items():
        if not isinstance(value, str) or not 0 < len(value) <= MAX_VALUE:
            raise Refused(400, f"{name} must be a text of 1 to {MAX_VALUE} characters")
    return lead


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
