"""Runs the rounds: every contestant alone, in alternating order."""

import dataclasses
import pathlib
import subprocess
import tempfile

from contestants.base import Missing

from . import cpu, plan, wrk
from .checks import Wrong


@dataclasses.dataclass
class Results:
    """Everything that was seen. `figures` has a list per (workload, measure, contestant), with a
    dict per round, or None where that round brought none."""

    rounds: int
    quick: bool = False
    idle: float = 0.0
    figures: dict = dataclasses.field(default_factory=dict)
    titles: dict = dataclasses.field(default_factory=dict)
    versions: dict = dataclasses.field(default_factory=dict)
    absent: dict = dataclasses.field(default_factory=dict)

    def values(self, workload, measure, contestant, figure):
        """One figure round by round."""
        seen = self.figures.get((workload, measure, contestant), [None] * self.rounds)
        return [None if one is None else one.get(figure) for one in seen]

    def note(self, workload, measure, contestant, round_number, figures):
        seen = self.figures.setdefault((workload, measure, contestant), [None] * self.rounds)
        seen[round_number] = figures


class Rounds:
    def __init__(self, workloads, against, lengths, results, say):
        self.workloads, self.against, self.lengths = workloads, against, lengths
        self.results = results
        self.say = say

    def run(self):
        self.results.idle = cpu.idle_rate(self.lengths.idle)
        self.say(f"before anything runs: {self.results.idle:.3f} s of work a second")
        for number in range(self.results.rounds):
            for workload in self.workloads:
                order = plan.chosen(workload.name, self.against)
                for kind in order if number % 2 == 0 else reversed(order):
                    self.say(f"round {number + 1}, {workload.name}: {kind.name}")
                    self.contest(workload, kind, number)
        return self.results

    def contest(self, workload, kind, number):
        key = (workload.name, kind.name)
        if key in self.results.absent:
            return
        group = cpu.Cgroup()
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            contestant = kind(workload, pathlib.Path(folder), group)
            try:
                contestant.start()
                self.results.titles[key] = contestant.title
                self.results.versions[kind.name] = contestant.version()
                self.warm_up(contestant)
                self.measure(contestant, number)
            except Missing as missing:
                self.results.absent[key] = f"missing: {missing}"
            except (Wrong, wrk.Broken, OSError, subprocess.SubprocessError) as wrong:
                self.out(key, wrong)
            finally:
                contestant.stop()
                group.remove()
        if key in self.results.absent:
            self.say(self.results.absent[key])

    def warm_up(self, contestant):
        seconds = max(1, round(contestant.warm_up_seconds * self.lengths.warm_up_share))
        wrk.run(contestant.target(), plan.WARM_UP[contestant.workload.name], seconds)

    def measure(self, contestant, number):
        workload = contestant.workload.name
        for measure in plan.MEASURES[workload]:
            if measure.concerns(contestant.name):
                figures = measure.take(contestant, self.lengths, self.results.idle)
                self.results.note(workload, measure.name, contestant.name, number, figures)

    def out(self, key, wrong):
        """Whoever fails once is out: what it showed before does not count either."""
        self.results.absent[key] = f"out: {wrong}"
        for seen in [one for one in self.results.figures if (one[0], one[2]) == key]:
            del self.results.figures[seen]
