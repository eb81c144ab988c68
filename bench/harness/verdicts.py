"""Judges what was seen of an attack by the bounds of goals.json."""

from . import goals
from .goals import MET, NO_VERDICT, NOT_MET

TURNS = ("plain", "code")


def bounds():
    return goals.read()["neighbours"]


def verdict(seen, most, quick=False):
    """(verdict, [reasons]). What is wrong, meanwhile or afterwards, decides in any case."""
    reasons = [*seen.broken, *wrong(seen)]
    if reasons:
        return NOT_MET, reasons
    if seen.refused:
        return MET, [f"refused: {seen.refused}"]
    if quick:
        return NO_VERDICT, ["a quick run", *slow(seen, most)]
    if seen.attack.saturates:
        return NO_VERDICT, ["takes the processors in boxes: reported, not judged", *slow(seen, most)]
    reasons = slow(seen, most)
    return (NOT_MET if reasons else MET), reasons


def wrong(seen):
    """Answers to the neighbour that were not right, each stream with the first of them."""
    found = []
    for phase in (seen.meanwhile, seen.after):
        for stream in phase.values():
            if stream["wrong"]:
                found.append(f"{len(stream['wrong'])} wrong answers, first: {stream['wrong'][0]}")
    return found


def slow(seen, most):
    found = []
    live = seen.meanwhile.get("live", {}).get("max_ms")
    if live is None or live > most["live_max_ms"]:
        found.append("live took " + ("for ever" if live is None else f"{live:.0f} ms"))
    for stream in TURNS:
        for figure, bound in (("p50_ms", "p50_ratio"), ("p99_ms", "p99_ratio")):
            seen_ratio = ratio(seen, stream, figure)
            if seen_ratio is None or seen_ratio > most[bound]:
                times = "not measured" if seen_ratio is None else f"{seen_ratio:.1f} times"
                found.append(f"{stream} {figure[:3]} {times}")
    return found


def ratio(seen, stream, figure):
    """Meanwhile over alone, or None where one is not there."""
    alone = seen.alone.get(stream, {}).get(figure)
    meanwhile = seen.meanwhile.get(stream, {}).get(figure)
    return meanwhile / alone if alone and meanwhile is not None else None
