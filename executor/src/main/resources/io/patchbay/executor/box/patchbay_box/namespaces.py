"""Level 1: bubblewrap around the launcher, namespaces of its own for each call.

The kernel itself cleans up: with the first process of a pid namespace all of it ends, and with its
mount namespace its files.
"""

from __future__ import annotations

import os

from . import enter_box, seccomp
from .syscalls import FilterProgram


class Namespaces:
    proc = enter_box.LAUNCHER_PROC

    def limits(self) -> dict[int, int]:
        return {}

    def close_launcher(self) -> None:
        """Bubblewrap has done so."""

    def launcher_filter(self, supervised: bool) -> FilterProgram:
        return seccomp.launcher_filter(supervised)

    def watch_parent(self) -> None:
        """The pid namespace ends with its first process."""

    def entrance(self) -> enter_box.Entrance:
        return enter_box.Entrance(os.getuid(), os.getgid())

    def new_folder(self) -> str:
        return ""

    def started(self, pid: int, folder: str) -> None:
        """Its limits are the kernel's."""

    def excesses(self) -> list[tuple[int, str]]:
        return []

    def patience(self) -> float:
        return -1

    def buried(self, pid: int, folder: str) -> None:
        """Nothing of it is left."""

    def end(self) -> None:
        """Nothing is left."""
