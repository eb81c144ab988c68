"""gunicorn with Flask: two synchronous workers, or two with a hundred threads each where the
handler sleeps."""

import os

from .base import Contestant, output_of, require_modules
from .java_bubblewrap import PEERS


class Gunicorn(Contestant):
    name = "gunicorn"
    isolation = "none: shared process"

    @property
    def title(self):
        kind = "gthread, 2 workers of 100 threads" if self.workload.sleeps else "sync, 2 workers"
        return f"gunicorn {kind}, Flask"

    def command(self):
        self.python = require_modules("gunicorn", "flask")
        threads = ["--worker-class", "gthread", "--threads", "100"] if self.workload.sleeps else []
        command = [self.python, "-B", "-m", "gunicorn", "--workers", "2", *threads]
        return [*command, "--bind", self.url.split("/")[2], "--chdir", PEERS, "flask_app:app"]

    def environment(self):
        return {**os.environ, "BENCH_HANDLER": str(self.workload.handler)}

    def version(self):
        words = "import flask, gunicorn; print('gunicorn', gunicorn.__version__, 'Flask', {})"
        script = words.format("__import__('importlib.metadata').metadata.version('flask')")
        return output_of(self.python, "-I", "-c", script)
