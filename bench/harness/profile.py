"""A profile of the server under load: perf for the whole machine, the JVM's flight recorder for Java.

Machines in the cloud often have no hardware counters, so samples are taken by the kernel's clock.
"""

import argparse
import collections
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import contestants
from contestants.base import Missing

from . import cpu, machine, plan, wrk
from .checks import Wrong, no_failure, same_reply
from .report import table
from .workload import workloads

CONNECTIONS = plan.WARM_UP["W1"]
HERTZ = 997
MOST_ROWS = 15
IDLE = re.compile(r"swapper")
SAMPLE = re.compile(r"^\s*(?P<comm>.*?)\s+(?P<ip>[0-9a-f]+)\s+(?P<symbol>.*?)\s+\((?P<file>.*)\)$")
KERNEL = re.compile(r"\[kernel|\[guest|\.ko\b|\[[a-z0-9_]+\]$")


def main(arguments):
    options = parse(arguments)
    kind = contestants.ALL[options.contestant]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            lines = profile(kind, pathlib.Path(folder), options)
        except (Missing, Wrong, wrk.Broken, OSError, subprocess.SubprocessError) as error:
            print(f"profile: {kind.name}: {error}", file=sys.stderr)
            return 1
    file = machine.result_file(options.quick, f"-profile-{kind.name}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written: {file}")
    return 0


def profile(kind, folder, options):
    """The lines of the report."""
    (folder / "server").mkdir()
    contestant = kind(workloads()[kind.workloads[0]], folder / "server", cpu.Cgroup())
    try:
        contestant.start()
        wrk.run(contestant.target(), CONNECTIONS, 2 if options.quick else 10)
        load, java = record(contestant, folder, options.seconds)
    finally:
        contestant.stop()
        contestant.group.remove()
    samples = parse_samples(perf_script(folder / "perf.data"))
    return report(contestant, options.seconds, load, samples, java)


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/profile", description="Profiles the server.")
    parser.add_argument("contestant", nargs="?", default="ours", choices=contestants.OURS)
    parser.add_argument("--seconds", type=int, default=20, help="of load that is recorded")
    parser.add_argument("--quick", action="store_true", help="to try it out: not kept in git")
    return parser.parse_args(arguments)


def record(contestant, folder, seconds):
    """The load's figures and what the flight recorder says; perf's samples are left in a file."""
    pid = str(contestant.process.pid)
    tool("jcmd", pid, "JFR.start", "name=bench", "settings=profile")
    perf = subprocess.Popen(
        ["perf", "record", "-q", "-a", "-e", "cpu-clock", "-F", str(HERTZ)]
        + ["-o", str(folder / "perf.data"), "--", "sleep", str(seconds)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    load = wrk.run(contestant.target(), CONNECTIONS, seconds)
    _, words = perf.communicate()
    if perf.returncode != 0:
        raise Wrong(f"perf ended with status {perf.returncode}: {words.strip()[-300:]}")
    recording = folder / "server" / "recording.jfr"
    tool("jcmd", pid, "JFR.dump", "name=bench", f"filename={recording}")
    no_failure(load, contestant.failures())
    same_reply(contestant, contestant.expected)
    return load, tool("jfr", "view", "--width", "140", "hot-methods", str(recording))


def tool(name, *arguments):
    program = os.path.join(os.environ["JAVA_HOME"], "bin", name)
    run = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise Wrong(f"{name} ended with status {run.returncode}: {run.stdout[-300:]}{run.stderr}")
    return run.stdout


def perf_script(data):
    command = ["perf", "script", "-i", str(data), "-F", "comm,ip,sym,dso"]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=True)
    return run.stdout.splitlines()


def parse_samples(lines):
    """[(command, symbol, file)] of the samples at work; a processor that idles is left out."""
    found = (SAMPLE.match(line) for line in lines)
    samples = [(m["comm"], m["symbol"], m["file"]) for m in found if m]
    return [sample for sample in samples if not IDLE.match(sample[0])]


def is_kernel(sample):
    return bool(KERNEL.search(sample[2]))


def report(contestant, seconds, load, samples, java):
    total = len(samples)
    if total == 0:
        raise Wrong("perf took no samples")
    lines = [f"# Profile of {datetime.date.today()}, commit {machine.commit()}", ""]
    workload = f"{contestant.workload.name} with {CONNECTIONS} connections"
    lines += [f"{contestant.title}, {workload}, {seconds} s, {HERTZ} samples a second "]
    lines += [f"and processor; {load['requests']} requests. Recording makes it slower.", ""]
    lines += table(("", ""), machine.facts())
    kernel = [sample for sample in samples if is_kernel(sample)]
    user = [sample for sample in samples if not is_kernel(sample)]
    lines += ["", f"{total} samples at work, {percent(len(kernel), total)} in the kernel.", ""]
    lines += ["## By program", ""]
    in_kernel = collections.Counter(comm for comm, _, _ in kernel)
    programs = collections.Counter(comm for comm, _, _ in samples)
    rows = [
        (name, percent(n, total), percent(in_kernel[name], total))
        for name, n in programs.most_common(MOST_ROWS)
    ]
    lines += table(("program", "share of all", "in the kernel, share of all"), rows)
    lines += ["", "## In the kernel", ""]
    lines += shares("function", collections.Counter(symbol for _, symbol, _ in kernel), total)
    lines += ["", "## Outside of it", ""]
    names = (user_name(symbol, file) for _, symbol, file in user)
    lines += shares("function", collections.Counter(names), total)
    return [*lines, "", "## Java, by the flight recorder", "", "```text", java.strip(), "```"]


def user_name(symbol, file):
    """What the JVM compiles stands in no file, so perf cannot name it; the flight recorder can."""
    if re.search(r"/perf-\d+\.map$", file):
        return "Java, by its name in the table below"
    return f"{symbol} ({os.path.basename(file)})"


def percent(part, total):
    return f"{100 * part / total:.1f} %"


def shares(head, counter, total):
    rows = [(name, percent(n, total)) for name, n in counter.most_common(MOST_ROWS)]
    return table((head, "share of all"), rows)
