"""Level 1: bubblewrap around the launcher, namespaces of its own for each call.

The kernel itself cleans up: with the first process of a pid namespace all of it ends, and with its
mount namespace its files.
"""

from __future__ import annotations

import os

from . import enter_box, seccomp, syscalls
from .syscalls import FilterProgram


class Namespaces:
    def __init__(self) -> None:
        self._user, self._group = os.getuid(), os.getgid()
        self._only_threads = seccomp.call_filter()

    def limits(self) -> dict[int, int]:
        return {}

    def close_launcher(self) -> None:
        """Bubblewrap has done so."""

    def launcher_filter(self, supervised: bool) -> FilterProgram:
        return seccomp.launcher_filter(supervised)

    def own_status(self) -> str:
        return enter_box.LAUNCHER_PROC + "/self/status"

    def make_process(self) -> tuple[int, int]:
        return syscalls.clone_call_process()

    def enter(self, inherited: tuple[int, int, int, int]) -> None:
        enter_box.enter(self._user, self._group, inherited, self._only_threads)

    def started(self, pid: int) -> None:
        """Its limits are the kernel's."""

    def excesses(self) -> list[tuple[int, str]]:
        return []

    def patience(self) -> float:
        return -1

    def buried(self, pid: int) -> None:
        """Nothing of it is left."""

    def end(self) -> None:
        """Nothing is left."""
