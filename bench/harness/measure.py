"""What is measured of a contestant that runs. Every figure is a dict of numbers."""

import json
import pathlib
import statistics
import subprocess
import sys
import time

from . import cpu, wrk
from .checks import Wrong, no_failure, same_reply

PACED = pathlib.Path(__file__).with_name("paced.py")


def load(contestant, connections, seconds, idle):
    """As many requests as the connections carry: each sends its next once it has its answer."""
    same_reply(contestant, contestant.expected)
    failed_before = contestant.failures()
    stored_before = contestant.stored()
    grouped_before = contestant.group.seconds()
    aside = contestant.aside()
    before = cpu.read()
    figures = wrk.run(contestant.target(), connections, seconds)
    after = cpu.read()
    aside = figures["generator"] + contestant.aside() - aside
    grouped_after = contestant.group.seconds()
    no_failure(figures, contestant.failures() - failed_before)
    same_reply(contestant, contestant.expected)
    requests = figures["requests"]
    grouped = None
    if grouped_before is not None:
        grouped = 1000 * (grouped_after - grouped_before) / requests
    stored = [after - before for before, after in zip(stored_before, contestant.stored())]
    return {
        "rps": requests * 1e6 / figures["duration_us"],
        "p50_ms": figures["p50_us"] / 1000,
        "p99_ms": figures["p99_us"] / 1000,
        "cpu_ms": cpu.per_request_ms(before, after, aside, idle, requests),
        "group_cpu_ms": grouped,
        "stolen": (after.stolen - before.stolen) / (after.at - before.at),
        "writes": stored[0] / requests if stored else None,
        "commits": stored[1] / requests if stored else None,
    }


def paced(contestant, per_second, seconds):
    """Latency at a fixed rate, counted from when a request was due."""
    same_reply(contestant, contestant.expected)
    failed_before = contestant.failures()
    target = contestant.target()
    order = {
        "url": target.url,
        "headers": target.headers,
        "body": target.body.decode(),
        "per_second": per_second,
        "seconds": seconds,
    }
    # A process of its own, so that nothing else of the harness shares its interpreter.
    command = [sys.executable, "-B", "-s", "-E", str(PACED)]
    run = subprocess.run(command, input=json.dumps(order), capture_output=True, text=True)
    if run.returncode != 0:
        raise Wrong(f"the paced client ended with status {run.returncode}: {run.stderr[-300:]}")
    figures = json.loads(run.stdout)
    no_failure(figures, contestant.failures() - failed_before)
    same_reply(contestant, contestant.expected)
    return {name: figures[name] for name in ("rps", "p50_ms", "p99_ms", "late_p99_ms")}


def first_run_after_save(contestant, times):
    """Changed code is saved, and run at once: how long that run takes for who asked for it."""
    took = []
    for number in range(times):
        contestant.save(f"{contestant.code()}\n# Change {time.time_ns()}, {number}.\n")
        began = time.perf_counter()
        same_reply(contestant, contestant.expected)
        took.append(1000 * (time.perf_counter() - began))
    contestant.save(contestant.code())
    return {"p50_ms": statistics.median(took), "max_ms": max(took)}
