"""What an attack has: the server's address, a client, and bots of its own."""

import http.client
import json
import threading
import time
import urllib.parse

from .checks import Wrong, excerpt

# An answer that takes longer is given up. It also bounds how long a strike runs on after its time.
TIMEOUT_SECONDS = 20
# Of an answer this much is kept, and all is read.
KEPT = 16 * 1024 * 1024
# Every bot of the suite has these two, so that its next turn can be checked.
PLAIN, CODE = "ping the plain node", "run the small code"
RIGHT = {PLAIN: ["pong"], CODE: ["worked"]}
SMALL_CODE = """import json

def main(event, context):
    return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["worked"]})}
"""


# The answers to what the server does not take.
REFUSED = (400, 413, 422)


class Refused(Wrong):
    """The server did not take what the attack needs: that is a way to get over it."""


class Site:
    """One server, seen by one process. Safe for use by many threads."""

    def __init__(self, address, token, seconds=0.0):
        self.address = address
        self.host, self.port = host_and_port(address)
        self.token = token
        self.seconds = seconds
        self.end = float("inf")
        self.made = []
        self.counts = {}
        self.lock = threading.Lock()
        self.local = threading.local()
        self.closing = []

    # --- Time ----------------------------------------------------------------------------------

    def begin(self):
        self.end = time.monotonic() + self.seconds

    def left(self):
        """Seconds until the strike ends, never below 0."""
        return max(0.0, self.end - time.monotonic())

    # --- Asking --------------------------------------------------------------------------------

    def ask(self, method, path, body=b"", kind="application/json", token=True, accept="*/*"):
        """Status and the beginning of the body. Raises OSError where there is no answer."""
        headers = {"Content-Type": kind, "Accept": accept}
        if token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            connection = self.connection()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            kept = read(answer)
        except (http.client.HTTPException, OSError) as error:
            self.hang_up()
            self.count("broken")
            raise OSError(f"{method} {path}: {error!r}") from error
        self.count(answer.status)
        return answer.status, kept

    def count(self, what):
        with self.lock:
            self.counts[str(what)] = self.counts.get(str(what), 0) + 1

    def connection(self):
        if getattr(self.local, "connection", None) is None:
            self.local.connection = http.client.HTTPConnection(
                self.host, self.port, timeout=TIMEOUT_SECONDS
            )
        return self.local.connection

    def hang_up(self):
        if getattr(self.local, "connection", None) is not None:
            self.local.connection.close()
            self.local.connection = None

    def good(self, method, path, body=b"", kind="application/json"):
        status, answer = self.ask(method, path, body, kind)
        if status not in (200, 201, 202, 204):
            kind = Refused if status in REFUSED else Wrong
            raise kind(f"{method} {path}: status {status}: {excerpt(answer)}")
        return json.loads(answer or b"null")

    def me(self):
        """A user of the calling thread's own: two messages of one user wait for each other."""
        return f"u-{threading.current_thread().name}"

    def longest(self, bot):
        """How many characters a message to this server may have."""
        for length in (100_000, 10_000):
            if bot.say("." * length, "measured")[0] == 200:
                return length
        return 1_000

    # --- Bots ----------------------------------------------------------------------------------

    def bot(self, name, nodes=None, code=None, secrets=None, **rest):
        """A bot that is deployed, with the two nodes that every bot of the suite has.

        nodes: {NODE: definition}; code: {NODE: Python}; secrets: {NAME: value}; rest: other keys at
        the top of the definition.
        """
        definition = definition_of(name, nodes or {}, **rest)
        if secrets:
            definition["variables"] = {key: {"secret": True} for key in secrets}
        bot = Bot(self, name)
        self.good("PUT", bot.path, compact(definition))
        self.made.append(name)
        for node, source in {"WORK": SMALL_CODE, **(code or {})}.items():
            self.good("PUT", f"{bot.path}/code/{node}", source.encode(), "text/x-python")
        for key, value in (secrets or {}).items():
            values = {"staging": value, "production": value, "secret": True}
            self.good("PUT", f"{bot.path}/variables/{key}", compact(values))
        bot.deploy()
        return bot


class Bot:
    def __init__(self, site, name):
        self.site, self.name = site, name
        self.path = f"/api/v1/bots/{name}"

    def deploy(self):
        trained = self.site.good("POST", self.path + "/train")
        if trained["version"] is None:
            raise Refused(f"{self.name} cannot be trained: {trained['problems'][:3]}")
        deployment = {"version": trained["version"], "environment": "production"}
        self.site.good("POST", self.path + "/deployments", compact(deployment))

    def say(self, text, user="u1"):
        """A turn as an attacker sends it: any status will do."""
        return self.site.ask("POST", self.path + "/messages", message(text, user))

    def conversation(self, user):
        return self.site.good("GET", f"{self.path}/users/{user}/conversation")

    def check(self, user):
        """What is wrong with the next turn of both of its nodes, or nothing."""
        for text, right in RIGHT.items():
            status, answer = self.say(text, user)
            said = texts(answer) if status == 200 else None
            if said != right:
                return f"{self.name} answers {text!r} with status {status}: {excerpt(answer)}"
        return None

    def delete(self):
        self.site.ask("DELETE", self.path)


def definition_of(name, nodes, **rest):
    standard = {
        "PING": {"start": True, "end": True, "user_says": [PLAIN], "bot_says": ["pong"]},
        "WORK": {"start": True, "end": True, "user_says": [CODE], "integration": {"type": "code"}},
    }
    return {"bot": name, "nodes": {**standard, **nodes}, **rest}


def message(text, user, **rest):
    return compact({"text": text, "user": {"auth_id": user}, **rest})


def texts(answer):
    try:
        return [bubble.get("text") for bubble in json.loads(answer)["messages"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def read(answer):
    kept = bytearray()
    while True:
        part = answer.read(1 << 16)
        if not part:
            return bytes(kept)
        if len(kept) < KEPT:
            kept += part


def host_and_port(address):
    parts = urllib.parse.urlsplit(address)
    return parts.hostname, parts.port
