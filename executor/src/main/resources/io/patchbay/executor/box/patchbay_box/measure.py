"""What a call has cost, told by its own process right before its outcome.

The executor believes it only within bounds: the builder's code runs in the same process. Costs two
system calls. One call at a time.
"""

from __future__ import annotations

from resource import RUSAGE_SELF, getrusage, struct_rusage
from time import clock_gettime_ns, process_time_ns
from typing import Optional

from . import frames

_KIBIBYTE = 1024

# CPUCLOCK_SCHED of linux/posix-timers: exact, where the others count ticks.
_CPU_CLOCK = 2

_cpu_at_begin = 0


def begin() -> None:
    """The call has arrived: what the process has used until here is not the call's."""
    global _cpu_at_begin
    _cpu_at_begin = process_time_ns()


def payload() -> Optional[bytes]:
    """Of a MEASURE frame; None where it cannot be measured, which must not cost the outcome."""
    try:
        micros = (process_time_ns() - _cpu_at_begin) // 1000
        peak = getrusage(RUSAGE_SELF).ru_maxrss * _KIBIBYTE
        return frames.measure_payload(micros, peak)
    except Exception:
        return None


def cpu_nanos(pid: int) -> int:
    """What another process has used so far, all its threads together; 0 where it is gone."""
    try:
        return clock_gettime_ns((~pid << 3) | _CPU_CLOCK)
    except OSError:
        return 0


def of_ended(usage: struct_rusage, cpu_before: int) -> bytes:
    """What a process that has ended has used, as the kernel says, as a payload of MEASURE.

    cpu_before: nanoseconds that are not its call's.
    """
    micros = round((usage.ru_utime + usage.ru_stime) * 1e6) - cpu_before // 1000
    return frames.measure_payload(max(0, micros), usage.ru_maxrss * _KIBIBYTE)
