"""One attack from before to after: the neighbour alone, meanwhile and afterwards, and what is left."""

import dataclasses
import json
import pathlib
import subprocess
import sys
import threading
import time
import typing

from .checks import Wrong
from .site import Bot

BENCH = pathlib.Path(__file__).resolve().parent.parent
PROBE = BENCH / "harness" / "probe.py"
NEIGHBOUR = "neighbour"
# An attack prepares within it; big definitions take their time.
PREPARE_SECONDS = 120
# Within it memory and descriptors are back where they were, and the next turns are right.
SETTLE_SECONDS = 30


@dataclasses.dataclass(frozen=True)
class Lengths:
    """Seconds."""

    warm: float = 15
    alone: float = 5
    meanwhile: float = 8
    after: float = 2


QUICK = Lengths(warm=2, alone=2, meanwhile=3, after=1)


@dataclasses.dataclass
class Seen:
    """What was seen of one attack. Figures of a stream: p50_ms, p99_ms, max_ms, requests, wrong."""

    attack: typing.Any
    alone: dict = dataclasses.field(default_factory=dict)
    meanwhile: dict = dataclasses.field(default_factory=dict)
    after: dict = dataclasses.field(default_factory=dict)
    counts: dict = dataclasses.field(default_factory=dict)
    # Why the server did not even take the definition, where it did not.
    refused: str = ""
    cpu_seconds: float = 0.0
    # Bytes: live heap and resident before, the peak meanwhile, and both afterwards.
    heap: tuple = (None, None)
    resident: tuple = (0, 0, 0)
    descriptors: tuple = (0, 0)
    # What did not hold afterwards, in words.
    broken: list = dataclasses.field(default_factory=list)


class Siege:
    def __init__(self, server, attack, lengths, most):
        """most: bounds of goals.json, of which those of what may be left are used here."""
        self.server, self.attack, self.lengths, self.most = server, attack, lengths, most
        self.seen = Seen(attack)
        self.acknowledged = {}
        self.made = []

    def warm(self):
        """Makes the neighbour's bot on a new server, and talks to it."""
        self.server.site.bot(NEIGHBOUR)
        self.probe("warm", self.lengths.warm).finish()

    def run(self):
        striking = self.process()
        try:
            self.prepare(striking)
            self.before()
            if not self.seen.refused:
                self.strike(striking)
        finally:
            striking.kill()
            striking.communicate()
        self.afterwards()
        return self.seen

    def process(self):
        """Of the attack; it begins to prepare."""
        striking = subprocess.Popen(
            [sys.executable, "-B", str(BENCH), "attack", self.attack.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        site = self.server.site
        order = {"address": site.address, "token": site.token, "seconds": self.lengths.meanwhile}
        striking.stdin.write(json.dumps(order) + "\n")
        striking.stdin.flush()
        return striking

    def prepare(self, striking):
        said = line_of(striking, PREPARE_SECONDS)
        if said == "ready":
            return
        outcome = json.loads(said or "{}")
        self.made = outcome.get("made", [])
        why = outcome.get("why", "it did not get ready")
        if not outcome.get("refused", False):
            raise Wrong(f"the attack could not be prepared: {why}")
        self.seen.refused = why

    def before(self):
        self.seen.alone = self.probe("alone", self.lengths.alone).finish()
        self.seen.heap = (self.server.live_heap(), None)
        self.seen.resident = (self.server.resident(), 0, 0)
        self.seen.descriptors = (self.server.descriptors(), 0)
        self.server.forget_peak()

    def strike(self, striking):
        before = self.server.cpu_seconds()
        probe = self.probe("meanwhile", self.lengths.meanwhile)
        striking.stdin.write("begin\n")
        striking.stdin.flush()
        self.seen.meanwhile = probe.finish()
        outcome = json.loads(line_of(striking, 60) or "{}")
        self.made = outcome.get("made", [])
        self.seen.counts = outcome.get("counts", {})
        if self.server.alive():
            self.seen.cpu_seconds = self.server.cpu_seconds() - before

    def afterwards(self):
        """The first that does not hold ends it: what comes after it would wait in vain."""
        if not self.server.alive():
            self.seen.broken.append("the server ended")
            return
        names = [NEIGHBOUR, *([] if self.seen.refused else self.made)]
        checks = [lambda name=name: Bot(self.server.site, name).check("checked") for name in names]
        for check in [*checks, self.not_ready, self.lost, self.left_over]:
            self.within_time(check)
            if self.seen.broken:
                return
        self.seen.after = self.probe("after", self.lengths.after).finish()
        self.clean()

    def clean(self):
        for name in self.made:
            Bot(self.server.site, name).delete()

    def probe(self, phase, seconds):
        return Probe(self, phase, seconds)

    # --- What must hold --------------------------------------------------------------------------

    def within_time(self, wrong):
        """Asks until nothing is wrong, and notes what still is in the end."""
        end = time.monotonic() + SETTLE_SECONDS
        while True:
            try:
                why = wrong()
            except (OSError, Wrong) as error:
                why = str(error)
            if why is None:
                return
            if time.monotonic() > end or not self.server.alive():
                self.seen.broken.append(why)
                return
            time.sleep(0.5)

    def not_ready(self):
        status, answer = self.server.site.ask("GET", "/health/ready")
        return None if status == 200 else f"ready: status {status}: {answer[:300]!r}"

    def lost(self):
        """Every acknowledged turn of the neighbour's is in its transcript, in order."""
        bot = Bot(self.server.site, NEIGHBOUR)
        for user, turns in self.acknowledged.items():
            lines = bot.conversation(user)["transcript"]
            kept = dict.fromkeys(line["turn_id"] for line in lines)
            if [turn for turn in kept if turn in set(turns)] != turns:
                return f"acknowledged turns of {user} are missing or out of order"
        return None

    def left_over(self):
        heap, descriptors = self.server.live_heap(), self.server.descriptors()
        self.seen.heap = (self.seen.heap[0], heap)
        self.seen.resident = (self.seen.resident[0], self.server.peak(), self.server.resident())
        self.seen.descriptors = (self.seen.descriptors[0], descriptors)
        if heap is not None and self.seen.heap[0] is not None:
            grown = (heap - self.seen.heap[0]) / (1024 * 1024)
            if grown > self.most["heap_grows_mib"]:
                return f"the live heap grew by {grown:.0f} MiB"
        more = descriptors - self.seen.descriptors[0]
        return f"{more} descriptors more" if more > self.most["descriptors_grow"] else None


class Probe:
    """The neighbour's requests of one phase, under way until `finish`."""

    serial = 0

    def __init__(self, siege, phase, seconds):
        Probe.serial += 1
        self.siege, self.seconds = siege, seconds
        site = siege.server.site
        order = {"address": site.address, "token": site.token, "seconds": seconds}
        order.update(phase=f"{phase}-{Probe.serial}", bot=Bot(site, NEIGHBOUR).path)
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(PROBE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.process.stdin.write(json.dumps(order))
        self.process.stdin.close()
        self.process.stdin = None

    def finish(self):
        """Figures by stream. Even where nothing is answered, each request has its time-out."""
        try:
            said, _ = self.process.communicate(timeout=30 * self.seconds + 120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise Wrong("the neighbour's requests had no end") from None
        seen = json.loads(said)
        self.siege.acknowledged.update(seen["acknowledged"])
        return seen["streams"]


def line_of(process, seconds):
    """The next line that it says, or nothing where it ends or takes longer."""
    lines = []
    reader = threading.Thread(target=lambda: lines.append(process.stdout.readline()), daemon=True)
    reader.start()
    reader.join(seconds)
    return lines[0].strip() if lines else ""
