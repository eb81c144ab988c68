"""Judges the goals of goals.json by what was measured."""

import dataclasses
import json
import pathlib
import typing

from .figures import Range, range_of, ratios

FILE = pathlib.Path(__file__).resolve().parent.parent / "goals.json"
MET, NOT_MET, NO_VERDICT = "met", "not met", "no verdict"


@dataclasses.dataclass(frozen=True)
class Judged:
    condition: dict
    seen: typing.Optional[Range]
    verdict: str
    reason: str = ""


def read():
    return json.loads(FILE.read_text(encoding="utf-8"))


def judge(goals, results, workloads):
    """[(goal, verdict, [Judged])] of the goals that concern these workloads."""
    judged = []
    for goal in goals["goals"]:
        if not any(c["workload"] in workloads for c in goal["conditions"]):
            continue
        conditions = [judge_condition(c, goals, results) for c in goal["conditions"]]
        judged.append((goal, verdict_of([c.verdict for c in conditions]), conditions))
    return judged


def verdict_of(verdicts):
    """One condition that is not met decides; met are only all of them."""
    if NOT_MET in verdicts:
        return NOT_MET
    return NO_VERDICT if NO_VERDICT in verdicts else MET


def judge_condition(condition, goals, results):
    def values(contestant):
        place = (condition["workload"], condition["measure"])
        return results.values(*place, contestant, condition["figure"])

    ours = values(condition["of"])
    if "against" not in condition:
        return decide(condition, goals, results, range_of(ours))
    reference = values(condition["against"])
    seen = ratios(ours, reference)
    spread = range_of(reference)
    if seen is not None and spread.spread > goals["most_spread"]:
        reason = f"{condition['against']} itself spreads over {100 * spread.spread:.0f} %"
        return Judged(condition, seen, NO_VERDICT, reason)
    return decide(condition, goals, results, seen)


def decide(condition, goals, results, seen):
    if seen is None:
        return Judged(condition, None, NO_VERDICT, "not measured")
    if results.quick:
        return Judged(condition, seen, NO_VERDICT, "a quick run")
    if seen.rounds < goals["least_rounds"]:
        return Judged(condition, seen, NO_VERDICT, f"fewer than {goals['least_rounds']} rounds")
    if results.idle > goals["most_idle_work"]:
        reason = f"the machine was busy by itself, {results.idle:.2f} s a second"
        return Judged(condition, seen, NO_VERDICT, reason)
    if "at_least" in condition:
        met = seen.median >= condition["at_least"]
    else:
        met = seen.median <= condition["at_most"]
    return Judged(condition, seen, MET if met else NOT_MET)
