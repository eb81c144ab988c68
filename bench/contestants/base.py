"""What every contestant has in common: it starts, answers one kind of request, and ends."""

import http.client
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

from harness.checks import Wrong, same_reply
from harness.workload import Target

DISTRIBUTION_PYTHON = "/usr/bin/python3"
END_SECONDS = 15


class Missing(Exception):
    """This contestant cannot be had here, and why."""


class Contestant:
    name = ""
    warm_up_seconds = 2
    # How long it may take until it answers.
    start_seconds = 120
    # What keeps one call from another.
    isolation = ""
    workloads = ("W1", "W3")

    def __init__(self, workload, folder, group):
        """`folder` is its own and empty; `group` counts its CPU."""
        self.workload = workload
        self.folder = folder
        self.group = group
        self.process = None
        self.expected = workload.reply()

    @property
    def title(self):
        """How the report calls it."""
        raise NotImplementedError

    def start(self):
        """Starts it and waits until it answers."""
        self.url = f"http://127.0.0.1:{free_port()}/"
        self.run(self.command())
        self.wait_until_ready()

    def command(self):
        raise NotImplementedError

    def environment(self):
        return None

    def target(self):
        return Target(self.url, self.workload.payload)

    def reply_of(self, answer):
        """The reply of the workload within the answer, which is JSON."""
        return answer

    def failures(self):
        """How many calls have failed behind an answer of status 200, since the start."""
        return 0

    def stored(self):
        """Writes to its store so far and the commits that they shared; empty where it has none."""
        return []

    def aside(self):
        """CPU seconds so far of what runs for it but is none of it."""
        return 0

    # --- The process ---------------------------------------------------------------------------

    def run(self, command):
        self.log = open(self.folder / "log", "w+", encoding="utf-8", errors="replace")
        self.process = subprocess.Popen(
            self.group.command([str(word) for word in command]),
            env=self.environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def wait_until_ready(self):
        end = time.monotonic() + self.start_seconds
        while True:
            try:
                return same_reply(self, self.expected)
            except OSError as error:
                self.must_be_alive()
                if time.monotonic() > end:
                    raise Wrong(f"not ready after {self.start_seconds} s: {error}") from error
            time.sleep(0.1)

    def must_be_alive(self):
        if self.process is not None and self.process.poll() is not None:
            raise Wrong(f"it ended by itself: {self.last_words()}")

    def last_words(self):
        self.log.seek(0)
        return self.log.read()[-500:].strip()

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.log.close()

    # --- Asking --------------------------------------------------------------------------------

    def ask(self):
        target = self.target()
        return post(target.url, target.body_of(1), target.headers)


def post(url, body, headers, method="POST"):
    """Status and body of the answer, whatever the status."""
    request = urllib.request.Request(url, body, headers, method=method)
    # No proxy of the environment stands between us and this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except http.client.HTTPException as error:
        raise OSError(f"no answer of HTTP: {error!r}") from error


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def require(program):
    path = shutil.which(program, path="/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
    if path is None:
        raise Missing(f"{program} is not installed")
    return path


def require_modules(*modules):
    """The distribution's Python, once it is known to have these modules."""
    python = require(DISTRIBUTION_PYTHON)
    script = "import " + ", ".join(modules)
    found = subprocess.run([python, "-I", "-c", script], capture_output=True, check=False)
    if found.returncode != 0:
        raise Missing(f"{python} has not all of {', '.join(modules)}")
    return python


def output_of(*command):
    """What a program says of its version, on one line."""
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    words = (run.stdout or run.stderr).strip().splitlines()
    return words[0] if words else ""
