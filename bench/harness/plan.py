"""Which contestants take part, and what is measured of each."""

import dataclasses
import typing

import contestants

from . import measure


@dataclasses.dataclass(frozen=True)
class Lengths:
    """Seconds, and how often. The quick ones show that the harness works, and nothing else."""

    load: int = 10
    single: int = 5
    paced: int = 20
    saves: int = 30
    warm_up_share: float = 1
    idle: float = 5


QUICK = Lengths(load=2, single=1, paced=2, saves=5, warm_up_share=0.2, idle=1)


@dataclasses.dataclass(frozen=True)
class Measure:
    """`of` names the contestants, or is None for all; `take` is called with the contestant, the
    lengths and the idle rate."""

    name: str
    title: str
    of: typing.Optional[typing.Tuple[str, ...]]
    take: typing.Callable

    def concerns(self, name):
        return self.of is None or name in self.of


def loaded(name, connections, length):
    def take(contestant, lengths, idle):
        return measure.load(contestant, connections, getattr(lengths, length), idle)

    connections_text = "1 connection" if connections == 1 else f"{connections} connections"
    return Measure(name, connections_text, None, take)


def paced(name, rate):
    return Measure(
        name,
        f"{rate} requests a second, latency from when each was due",
        ("nginx", "java-bubblewrap", "ours", "ours-reuse", "ours-turn"),
        lambda contestant, lengths, idle: measure.paced(contestant, rate, lengths.paced),
    )


SAVE = Measure(
    "save",
    "the first run after a save",
    ("ours", "ours-requests"),
    lambda contestant, lengths, idle: measure.first_run_after_save(contestant, lengths.saves),
)
MEASURES = {
    "W1": (
        loaded("c16", 16, "load"),
        loaded("c1", 1, "single"),
        paced("paced", 50),
        paced("paced300", 300),
        SAVE,
    ),
    "W2": (loaded("c16", 16, "load"), loaded("c1", 1, "single")),
    "W3": (loaded("c200", 200, "load"),),
}
# The connections with which a contestant is warmed up.
WARM_UP = {"W1": 16, "W2": 16, "W3": 200}


def chosen(workload, against):
    """The contestants of a workload: ours, and the peers that were asked for."""
    peers = contestants.PEERS if against is None else against
    return [
        contestants.ALL[name]
        for name in contestants.ALL
        if (name in contestants.OURS or name in peers)
        and workload in contestants.ALL[name].workloads
    ]
