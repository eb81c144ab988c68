"""CPU of the whole machine. A process tree would miss what nobody waits for, such as the inner
processes of a box."""

import dataclasses
import os
import time

TICK = 1 / os.sysconf("SC_CLK_TCK")
# Columns of the first line of /proc/stat: user nice system idle iowait irq softirq steal guest ...
# Idle and iowait are no work; stolen time went to other machines; guest time is in user already.
WORKING = (0, 1, 2, 5, 6)
STEAL = 7


@dataclasses.dataclass(frozen=True)
class Reading:
    at: float
    busy: float
    stolen: float


def read(stat=None):
    """Seconds of work of all processors since the start of the machine."""
    if stat is None:
        with open("/proc/stat", encoding="ascii") as file:
            stat = file.readline()
    columns = [int(column) for column in stat.split()[1:]]
    busy = sum(columns[index] for index in WORKING)
    return Reading(time.monotonic(), busy * TICK, columns[STEAL] * TICK)


def idle_rate(seconds):
    """How many seconds of work the machine does per second while nothing is measured."""
    before = read()
    time.sleep(seconds)
    after = read()
    return (after.busy - before.busy) / (after.at - before.at)


def per_request_ms(before, after, aside, idle, requests):
    """Milliseconds of CPU per request: the machine's, without those of the load generator and what
    else stands aside, and of the idle machine. None where nothing is left to divide."""
    if requests <= 0:
        return None
    work = after.busy - before.busy - aside - idle * (after.at - before.at)
    return 1000 * work / requests if work > 0 else None


def process_seconds(pid):
    """CPU seconds of a process and its children, all of which live as long as it does."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        pids = [pid, *map(int, file.read().split())]
    return sum(own_seconds(one) for one in pids)


def own_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        # The name, in brackets, may hold anything; utime and stime are the fields 14 and 15.
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


class Cgroup:
    """A group whose CPU the kernel counts by itself: a cross-check of the figure above. There is
    none where no group can be made."""

    ROOTS = (("/sys/fs/cgroup/cpuacct", "cpuacct.usage"), ("/sys/fs/cgroup", "cpu.stat"))

    def __init__(self, roots=ROOTS):
        self.path, self.counter = None, None
        for root, counter in roots:
            if not os.path.exists(os.path.join(root, counter)):
                continue
            try:
                path = os.path.join(root, f"bench-{os.getpid()}")
                os.makedirs(path, exist_ok=True)
            except OSError:
                continue
            self.path, self.counter = path, counter
            return

    def command(self, command):
        """The command, put into the group before it begins; its children are in it too."""
        if self.path is None:
            return command
        enter = 'echo $$ >"$0/cgroup.procs" && exec "$@"'
        return ["sh", "-c", enter, self.path, *command]

    def seconds(self):
        if self.path is None:
            return None
        with open(os.path.join(self.path, self.counter), encoding="ascii") as file:
            text = file.read()
        if self.counter == "cpuacct.usage":
            return int(text) / 1e9
        return int(dict(line.split() for line in text.splitlines())["usage_usec"]) / 1e6

    def remove(self):
        """With the groups that the contestant made in it; as files they cannot be removed."""
        if self.path is None:
            return
        for path, _, _ in os.walk(self.path, topdown=False):
            try:
                os.rmdir(path)
            except OSError:
                return  # Something in it lives on. It costs nothing, and goes with the machine.
