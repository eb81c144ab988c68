"""A Java server that starts Python in bubblewrap for every call: what a team would write itself."""

import os
import pathlib

from .base import DISTRIBUTION_PYTHON, Contestant, free_port, output_of, require

PEERS = pathlib.Path(__file__).resolve().parent.parent / "peers"


class JavaBubblewrap(Contestant):
    name = "java-bubblewrap"
    isolation = "process, namespaces"
    warm_up_seconds = 10
    title = "Java, bubblewrap and Python for every call"

    def start(self):
        require("bwrap")
        self.java = os.path.join(os.environ["JAVA_HOME"], "bin", "java")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}/"
        handler = [DISTRIBUTION_PYTHON, PEERS / "call_once.py", self.workload.handler]
        # Otherwise every answer waits for the acknowledgement of its headers, 40 ms.
        at_once = "-Dsun.net.httpserver.nodelay=true"
        self.run([self.java, at_once, PEERS / "PerCall.java", port, *handler])
        self.wait_until_ready()

    def version(self):
        return f"{output_of(require('bwrap'), '--version')}; {output_of(self.java, '--version')}"
