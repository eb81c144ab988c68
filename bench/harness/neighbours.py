"""bench/neighbours: what every attack does to a bot beside it, as one table."""

import argparse
import datetime
import pathlib
import signal
import sys
import tempfile

import attacks  # noqa: F401  registers them

from . import attack as attacking
from . import cpu, machine, verdicts
from .checks import Wrong
from .report import short, table
from .serving import MIB, Server
from .siege import QUICK, Lengths, Seen, Siege

HEADS = (
    "attack",
    "plain p50 ms: alone, meanwhile",
    "times",
    "plain p99 ms",
    "times",
    "code p50 ms",
    "times",
    "code p99 ms",
    "times",
    "live longest ms: alone, meanwhile",
    "server CPU s",
    "heap MiB: before, after",
    "resident MiB: before, peak, after",
    "descriptors",
    "answers to the attacker",
    "verdict",
)


def main(arguments):
    options = parse(arguments)
    # So that what was started is ended, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = [a for a in attacking.ALL.values() if not options.only or a.name in options.only]
    idle = cpu.idle_rate(1 if options.quick else 5)
    most = verdicts.bounds()
    everything = []
    for seen in Suite(options, most, say).run(chosen):
        judged = verdicts.verdict(seen, most, options.quick)
        everything.append((seen, *judged))
        say(f"{seen.attack.name}: {judged[0]}; {'; '.join(judged[1])[:300]}")
        write(everything, options, idle)
    print(f"written: {file_of(options)}")
    # What was measured is an answer; what does not hold afterwards is a failure.
    return 1 if any(seen.broken for seen, _, _ in everything) else 0


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/neighbours")
    parser.add_argument("--only", metavar="NAME,...", type=lambda text: text.split(","))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--server", metavar="DIR", type=pathlib.Path, default=machine.ROOT)
    parser.add_argument("--out", metavar="FILE", type=pathlib.Path)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args(arguments)
    for name in options.only or []:
        if name not in attacking.ALL:
            parser.error(f"there is no attack {name}; there is {', '.join(attacking.ALL)}")
    if options.list:
        for one in attacking.ALL.values():
            print(f"{one.name:<24} {one.title}")
        sys.exit(0)
    return options


class Suite:
    """One server for all, and a new one after an attack that it did not get over."""

    def __init__(self, options, most, say):
        self.options, self.most, self.say = options, most, say
        self.lengths = QUICK if options.quick else Lengths()
        self.server = None

    def run(self, chosen):
        with tempfile.TemporaryDirectory(prefix="neighbours-") as folder:
            try:
                for number, one in enumerate(chosen):
                    self.say(f"{number + 1} of {len(chosen)}: {one.name}")
                    yield self.siege(one, pathlib.Path(folder) / str(number))
            finally:
                self.end()

    def siege(self, one, folder):
        seen = Seen(one)
        try:
            siege = Siege(self.running(folder, one), one, self.lengths, self.most)
            seen = siege.seen
            siege.run()
        except (Wrong, OSError, ValueError) as error:
            seen.broken.append(str(error))
        if seen.broken:
            self.end()
        return seen

    def running(self, folder, one):
        if self.server is None or not self.server.alive():
            folder.mkdir()
            self.server = Server(self.options.server.resolve(), folder).start()
            Siege(self.server, one, self.lengths, self.most).warm()
        return self.server

    def end(self):
        if self.server is not None:
            self.server.stop()
            self.server = None


# --- The report ------------------------------------------------------------------------------------


def file_of(options):
    return options.out or machine.result_file(options.quick, "-neighbours")


def write(everything, options, idle):
    commit = Server(options.server, ".").commit()
    lines = [f"# Noisy neighbours, {datetime.date.today()}, commit {commit}", ""]
    if options.quick:
        lines += ["**A quick run: it shows that the suite works. Its figures mean nothing.**", ""]
    facts = [*machine.facts(), ("work before anything ran", f"{idle:.3f} s a second")]
    met = sum(1 for _, verdict, _ in everything if verdict == verdicts.MET)
    facts.append(("attacks", f"{len(everything)}, of which {met} met"))
    lines += table(("", ""), facts)
    lines += ["", "## Attacks", "", *table(HEADS, [row(*one) for one in everything])]
    lines += ["", "## What they are", ""]
    lines += table(("", ""), [(seen.attack.name, seen.attack.title) for seen, _, _ in everything])
    file_of(options).write_text("\n".join(lines) + "\n", encoding="utf-8")


def row(seen: Seen, verdict, reasons):
    cells = [seen.attack.name]
    for stream in verdicts.TURNS:
        for figure in ("p50_ms", "p99_ms"):
            cells.append(pair(seen, stream, figure))
            times = verdicts.ratio(seen, stream, figure)
            cells.append("" if times is None else f"{times:.1f}")
    cells.append(pair(seen, "live", "max_ms"))
    cells.append(f"{seen.cpu_seconds:.1f}")
    cells.append(", ".join("?" if b is None else f"{b / MIB:.0f}" for b in seen.heap))
    cells.append(", ".join(f"{b / MIB:.0f}" for b in seen.resident))
    cells.append(", ".join(map(str, seen.descriptors)))
    cells.append(", ".join(f"{what} x {count}" for what, count in sorted(seen.counts.items())))
    reasons = "; ".join(reasons)[:600]
    cells.append(f"**{verdict}**" + (f": {reasons}" if reasons else ""))
    return cells


def pair(seen, stream, figure):
    phases = (seen.alone, seen.meanwhile)
    values = [phase.get(stream, {}).get(figure) for phase in phases]
    return ", ".join("?" if value is None else short(value) for value in values)


def say(text):
    print(f"neighbours: {text}", file=sys.stderr, flush=True)
