"""uvicorn with FastAPI, two workers; the handler runs in the event loop, or in a pool of a hundred
threads a worker where it sleeps."""

import os

from .base import Contestant, output_of, require_modules
from .java_bubblewrap import PEERS


class Uvicorn(Contestant):
    name = "uvicorn"
    isolation = "none: shared process"

    @property
    def title(self):
        kind = "2 workers, thread pools of 100" if self.workload.sleeps else "2 workers"
        return f"uvicorn {kind}, FastAPI"

    def command(self):
        self.python = require_modules("uvicorn", "fastapi")
        host, port = self.url.split("/")[2].split(":")
        command = [self.python, "-B", "-m", "uvicorn", "--workers", "2", "--host", host]
        quiet = ["--no-access-log", "--log-level", "warning"]
        return [*command, "--port", port, *quiet, "--app-dir", PEERS, "fastapi_app:app"]

    def environment(self):
        return {
            **os.environ,
            "BENCH_HANDLER": str(self.workload.handler),
            "BENCH_THREADS": "100" if self.workload.sleeps else "0",
        }

    def version(self):
        script = (
            "from importlib.metadata import version, PackageNotFoundError as Absent\n"
            "for name in 'uvicorn', 'fastapi', 'uvloop', 'httptools':\n"
            "  try: print(name, version(name), end=' ')\n"
            "  except Absent: print('without', name, end=' ')\n"
        )
        return output_of(self.python, "-I", "-c", script)
