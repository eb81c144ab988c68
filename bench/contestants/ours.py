"""The server of this checkout as ./patchbay starts it, asked by its public API."""

import json
import os
import pathlib
import re
import time

from harness.checks import Wrong, excerpt
from harness.workload import FOLDER, Target

from .base import Contestant, Missing, output_of, post

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOT = "/api/v1/bots/bench"
NODE = "LOOK_UP"
READY = re.compile(r"Patchbay is ready at (\S+)")
SANDBOX = re.compile(r"^  Sandbox +(.*)$", re.MULTILINE)
FAILED = re.compile(
    r'^(?:patchbay_invocations_total\{[^}]*outcome="failed"[^}]*\}|patchbay_bot_breaks_total\{.*\})'
    r" ([0-9.eE+]+)$",
    re.MULTILINE,
)
STORE = re.compile(r"^patchbay_store_(writes|commits)_total ([0-9.eE+]+)$", re.MULTILINE)


class Fresh(Contestant):
    """The integration alone, through the endpoint that runs it with an input: the payload goes in
    and the output comes back, as with every peer."""

    name = "ours"
    isolation = "a boxed process, put back after every call"
    warm_up_seconds = 10
    title = "Patchbay, restored, integration by the HTTP API"
    options = ()

    def start(self):
        data = self.folder / "data"
        self.run([ROOT / "patchbay", "serve", "--port", "0", "--data", data]
                 + ["--default-packages", "none", *self.options])
        self.address = self.wait_for_address()
        token = (data / "admin-token").read_text(encoding="ascii").strip()
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.install()
        self.wait_until_ready()

    def environment(self):
        """No settings of the caller's: what is measured is the default."""
        return {key: value for key, value in os.environ.items() if not key.startswith("PATCHBAY_")}

    def wait_for_address(self):
        end = time.monotonic() + self.start_seconds
        while time.monotonic() < end:
            found = READY.search((self.folder / "log").read_text(encoding="utf-8"))
            if found:
                return found.group(1)
            self.must_be_alive()
            time.sleep(0.1)
        raise Wrong(f"not ready after {self.start_seconds} s: {self.last_words()}")

    def install(self):
        self.send("PUT", BOT, self.definition().encode(), "application/yaml")
        self.save(self.code())
        self.deploy()

    def deploy(self):
        version = self.send("POST", BOT + "/train", b"{}")["version"]
        deployment = {"version": version, "environment": "production"}
        self.send("POST", BOT + "/deployments", json.dumps(deployment).encode())

    def definition(self):
        return (FOLDER / "bot.yaml").read_text(encoding="utf-8")

    def code(self):
        return self.workload.handler.read_text(encoding="utf-8")

    def save(self, code):
        return self.send("PUT", f"{BOT}/code/{NODE}", code.encode(), "text/x-python")

    def send(self, method, path, body, content_type="application/json"):
        headers = {**self.headers, "Content-Type": content_type}
        status, answer = post(self.address + path, body, headers, method)
        if status not in (200, 201, 204):
            raise Wrong(f"{method} {path}: status {status}: {excerpt(answer)}")
        return json.loads(answer or b"null")

    def target(self):
        body = b'{"input":' + self.workload.payload + b"}"
        return Target(f"{self.address}{BOT}/integrations/{NODE}/test", body, self.headers)

    def reply_of(self, answer):
        if answer["outcome"] != "succeeded":
            raise ValueError("the invocation failed")
        return answer["output"]

    def failures(self):
        """A failed invocation and a bot break are answers of status 200."""
        status, text = post(self.address + "/metrics", None, self.headers, "GET")
        if status != 200:
            raise Wrong(f"GET /metrics: status {status}")
        return int(sum(float(count) for count in FAILED.findall(text.decode())))

    def stored(self):
        """How many writes its store was asked for, and how many commits they shared."""
        status, text = post(self.address + "/metrics", None, self.headers, "GET")
        counters = dict(STORE.findall(text.decode()))
        if status != 200 or len(counters) != 2:
            raise Wrong(f"GET /metrics: status {status}, {len(counters)} counters of the store")
        return [float(counters["writes"]), float(counters["commits"])]

    def version(self):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
        log = (self.folder / "log").read_text(encoding="utf-8")
        return "; ".join([output_of(java, "--version"), *SANDBOX.findall(log)])


class Importing(Fresh):
    """Code that first imports what takes long."""

    workloads = ("W1",)
    imports = ""
    needs = ""

    def code(self):
        return self.imports + super().code()

    def wait_until_ready(self):
        status, answer = self.ask()
        if status == 200 and f"No module named '{self.needs}'".encode() in answer:
            raise Missing(f"the Python of the box has no {self.needs}")
        super().wait_until_ready()


class FreshWithRequests(Importing):
    name = "ours-requests"
    title = "Patchbay, restored, code that imports requests"
    imports = "import requests\n"
    needs = "requests"


class FreshWithPandas(Importing):
    """Pandas, or numpy where the Python of the box has no pandas."""

    name = "ours-pandas"
    title = "Patchbay, restored, code that imports pandas"
    imports = "try:\n    import pandas\nexcept ImportError:\n    import numpy\n"
    needs = "numpy"


class Process(Fresh):
    """A new process for every call, where the builder asks for it."""

    name = "ours-process"
    isolation = "a fresh boxed process for every call"
    title = "Patchbay, fresh process, integration by the HTTP API"

    def definition(self):
        return super().definition().replace("{type: code}", "{type: code, isolation: process}")


class Landlock(Fresh):
    """Where user namespaces are forbidden."""

    name = "ours-landlock"
    workloads = ("W1",)
    title = "Patchbay, restored, Landlock alone"
    options = ("--sandbox", "landlock")


class Turn(Fresh):
    """A whole chat turn: a user and a message of their own, matching, three entities, the call of
    the code, and a durable commit of all that before the answer."""

    name = "ours-turn"
    workloads = ("W1",)
    title = "Patchbay, restored, whole chat turn with durable commit"

    MESSAGE = {
        "text": "where is my order abc{N} on mon, the lime one",
        "user": {"auth_id": "bench-{N}"},
    }

    def __init__(self, workload, folder, group):
        super().__init__(workload, folder, group)
        # What ask() sends is number 1.
        payload = json.loads(workload.payload)
        payload["entities"]["order_id"][0]["entity_value"]["value"] = "abc000000001"
        self.expected = workload.reply(json.dumps(payload).encode())["response"]

    def target(self):
        body = json.dumps(self.MESSAGE).encode()
        return Target(f"{self.address}{BOT}/messages", body, self.headers)

    def reply_of(self, answer):
        return [message["text"] for message in answer["messages"]]


class Reuse(Fresh):
    """The process of one call may serve the next, where the builder asks for it."""

    name = "ours-reuse"
    isolation = "a boxed process per node, reused"
    title = "Patchbay, reused process, integration by the HTTP API"

    def definition(self):
        return super().definition().replace("{type: code}", "{type: code, reuse: true}")

    def install(self):
        try:
            super().install()
        except Wrong as refused:
            if "reuse" in str(refused):
                raise Missing("this server knows no reuse of processes") from refused
            raise
