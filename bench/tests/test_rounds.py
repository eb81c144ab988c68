import contextlib
import unittest
from unittest import mock

import here  # noqa: F401
from contestants.base import Missing
from harness import plan, report
from harness.checks import Wrong
from harness.rounds import Results, Rounds
from harness.workload import workloads

W3 = workloads()["W3"]
QUIET = plan.Lengths(idle=0)


class FakeContestant:
    isolation = ""
    workloads = ("W3",)
    title = "a contestant"
    events = []

    def __init__(self, workload, folder, group):
        self.workload = workload

    def start(self):
        self.events.append(f"{self.name} starts")

    def stop(self):
        self.events.append(f"{self.name} ends")

    def version(self):
        return "1"


class First(FakeContestant):
    name = "nginx"


class Second(FakeContestant):
    name = "ours"


class Absent(FakeContestant):
    name = "peer"

    def start(self):
        raise Missing("it is not installed")


class Unmeasured(Rounds):
    """Rounds without the measuring."""

    def warm_up(self, contestant):
        pass

    def measure(self, contestant, number):
        self.results.note("W3", "c200", contestant.name, number, self.figures(contestant, number))

    def figures(self, contestant, number):
        return {"rps": 100 + number}


class BrokenInTheSecond(Unmeasured):
    def figures(self, contestant, number):
        if (contestant.name, number) == ("ours", 1):
            raise Wrong("another reply")
        return super().figures(contestant, number)


@contextlib.contextmanager
def taking_part(*kinds):
    FakeContestant.events = []
    with mock.patch.object(plan, "chosen", lambda *_: list(kinds)):
        with mock.patch("harness.cpu.idle_rate", lambda _: 0.0):
            yield


def run(kind, rounds, said=None):
    said = [] if said is None else said
    return kind([W3], None, QUIET, Results(rounds), said.append).run()


class RoundsTest(unittest.TestCase):
    def test_everybody_runs_alone_and_the_order_alternates(self):
        with taking_part(First, Second):
            run(Unmeasured, 2)
        self.assertEqual(
            FakeContestant.events,
            ["nginx starts", "nginx ends", "ours starts", "ours ends"]
            + ["ours starts", "ours ends", "nginx starts", "nginx ends"],
        )

    def test_figures_stand_by_round(self):
        with taking_part(First, Second):
            results = run(Unmeasured, 3)
        self.assertEqual(results.values("W3", "c200", "ours", "rps"), [100, 101, 102])
        self.assertEqual(results.values("W3", "c200", "ours", "cpu_ms"), [None] * 3)
        self.assertEqual(results.values("W3", "c200", "peer", "rps"), [None] * 3)

    def test_who_fails_once_is_ended_and_out_with_all_its_figures(self):
        with taking_part(First, Second):
            results = run(BrokenInTheSecond, 3)
        self.assertEqual(results.absent, {("W3", "ours"): "out: another reply"})
        self.assertEqual(results.values("W3", "c200", "ours", "rps"), [None] * 3)
        self.assertEqual(results.values("W3", "c200", "nginx", "rps"), [100, 101, 102])
        starts = FakeContestant.events.count("ours starts")
        self.assertEqual((starts, FakeContestant.events.count("ours ends")), (2, 2))

    def test_who_is_missing_is_said_once_with_its_reason(self):
        said = []
        with taking_part(Absent):
            results = run(Unmeasured, 2, said)
        self.assertEqual(said.count("missing: it is not installed"), 1)
        self.assertIn("missing: it is not installed", "\n".join(report.absent(results)))

    def test_only_the_peers_that_were_named_take_part_and_ours_always(self):
        names = [kind.name for kind in plan.chosen("W1", ["uvicorn"])]
        self.assertEqual(
            names,
            [
                "uvicorn",
                "ours",
                "ours-requests",
                "ours-pandas",
                "ours-landlock",
                "ours-process",
                "ours-turn",
                "ours-reuse",
            ],
        )
