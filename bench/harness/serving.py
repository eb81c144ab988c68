"""A server as ./patchbay starts it, and what the kernel and its JVM say of it."""

import os
import pathlib
import re
import signal
import subprocess
import time

from contestants.ours import READY

from . import cpu
from .checks import Wrong
from .site import Site

START_SECONDS = 180
END_SECONDS = 20
# What the JVM says after a collection: `garbage-first heap   total 253952K, used 17321K`.
USED = re.compile(r"used (\d+)K")
MIB = 1024 * 1024


class Server:
    """The checkout in `root`, on a data folder and a port of its own."""

    def __init__(self, root, folder):
        self.root, self.folder = pathlib.Path(root), pathlib.Path(folder)
        self.process = None
        self.site = None

    def start(self):
        """On a fresh data folder, with the defaults but for what would leave this machine: names
        are looked up in a file, and there is no index of packages."""
        data = self.folder / "data"
        (self.folder / "hosts").write_text("127.0.0.1 localhost\n", encoding="ascii")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PATCHBAY_")}
        environment["PATCHBAY_JAVA_OPTIONS"] = f"-Djdk.net.hosts.file={self.folder}/hosts"
        self.log = open(self.folder / "log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [str(self.root / "patchbay"), "serve", "--port", "0", "--data", str(data)]
            + ["--package-index", "http://127.0.0.1:1/simple"],
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        address = self.wait_for_address()
        token = (data / "admin-token").read_text(encoding="ascii").strip()
        self.site = Site(address, token)
        return self

    def wait_for_address(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            found = READY.search(self.said())
            if found:
                return found.group(1)
            if not self.alive():
                break
            time.sleep(0.1)
        raise Wrong(f"the server did not get ready: {self.said()[-500:]}")

    def said(self):
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Ends it, and its process alone: those of its boxes end with it."""
        if self.process is None:
            return
        if self.alive():
            self.process.terminate()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.log.close()

    # --- What it takes ---------------------------------------------------------------------------

    def cpu_seconds(self):
        """Of the server itself; what runs in boxes are processes of their own."""
        return cpu.own_seconds(self.process.pid)

    def live_heap(self):
        """Bytes after a full collection, or None where no jcmd can be had."""
        jcmd = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "jcmd")
        try:
            for order in ("GC.run", "GC.heap_info"):
                command = [jcmd, str(self.process.pid), order]
                done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            return None
        used = USED.search(done.stdout)
        return int(used.group(1)) * 1024 if used else None

    def resident(self):
        return self.status("VmRSS")

    def forget_peak(self):
        """The kernel counts the peak of resident memory from now on."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")

    def peak(self):
        return self.status("VmHWM")

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
        return int(found.group(1)) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def commit(self):
        run = subprocess.run(
            ["git", "-C", str(self.root), "rev-parse", "--short", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
        )
        return run.stdout.strip() or "unknown"
