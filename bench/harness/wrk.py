"""The load generator."""

import itertools
import json
import os
import pathlib
import subprocess
import tempfile

SCRIPT = pathlib.Path(__file__).parent.parent / "load" / "post.lua"
# Far apart, so that no user of one load comes again in another.
_first_numbers = itertools.count(10_000_000, 10_000_000)


class Broken(Exception):
    """wrk itself did not run."""


def run(target, connections, seconds):
    """Loads the target and gives wrk's figures, with the CPU seconds that wrk itself took."""
    with tempfile.NamedTemporaryFile() as body:
        body.write(target.body)
        body.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
        command += ["--latency", "-s", str(SCRIPT), target.url]
        process = subprocess.Popen(
            command, env=environment(target, body.name), stdout=subprocess.PIPE, text=True
        )
        try:
            output = process.stdout.read()
        except BaseException:
            process.kill()
            raise
        finally:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            process.stdout.close()
    if process.returncode != 0:
        raise Broken(f"wrk ended with status {process.returncode}: {output.strip()[-300:]}")
    figures = json.loads(output.strip().splitlines()[-1])
    figures["generator"] = usage.ru_utime + usage.ru_stime
    return figures


def environment(target, body):
    headers = "\n".join(f"{name}: {value}" for name, value in target.headers.items())
    return {
        **os.environ,
        "BENCH_BODY": body,
        "BENCH_HEADERS": headers,
        "BENCH_FIRST_NUMBER": str(next(_first_numbers) % 1_000_000_000),
    }
