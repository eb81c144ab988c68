"""The arithmetic of rounds: medians, ratios within one round, spread."""

import dataclasses
import statistics


@dataclasses.dataclass(frozen=True)
class Range:
    """The median of some rounds, with the lowest and the highest."""

    median: float
    low: float
    high: float
    rounds: int

    @property
    def spread(self):
        """(highest - lowest) / median: 0.25 is 25 %."""
        return (self.high - self.low) / self.median if self.median else float("inf")


def range_of(values):
    values = [value for value in values if value is not None]
    if not values:
        return None
    return Range(statistics.median(values), min(values), max(values), len(values))


def ratios(ours, reference):
    """The range of ours / reference, round by round; rounds that lack one of them do not count.

    Only figures of one round are compared: the machine's speed drifts between rounds.
    """
    pairs = zip(ours, reference)
    return range_of([a / b for a, b in pairs if a is not None and b])


def percentile(values, share):
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * share // 100))
    return ordered[int(rank) - 1]
