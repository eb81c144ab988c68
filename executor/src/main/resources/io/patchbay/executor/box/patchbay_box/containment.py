"""What tells the levels of containment apart, behind one seam: how call processes are closed and
cleaned up after. Limits, filters, zygotes and the rest of a call's life are shared.
"""

from __future__ import annotations

from array import array
from typing import Any, Protocol

from .syscalls import FilterProgram


class Entrance(Protocol):
    """The way of a copy into its containment."""

    def clone(self) -> int:
        """0 in the copy, its id in the caller, negative if it failed."""

    def enter(self, inherited: array[int], packages: str, folder: str) -> str:
        """Any error must end the process. Answers where the package set is; empty for none.

        inherited: the descriptors that become 1, 2 and 3.
        """


class Containment(Protocol):
    """For the launcher, but for `watch_parent` and `entrance`, which are for zygotes.

    proc: where the kernel tells of processes.
    """

    proc: str

    def limits(self) -> dict[int, int]:
        """Limits of resources that replace the launcher's usual ones."""

    def close_launcher(self) -> None:
        """Restricts the launcher itself, before its filter is loaded."""

    def launcher_filter(self, supervised: bool) -> FilterProgram: ...

    def watch_parent(self) -> None:
        """The caller ends when the launcher does."""

    def entrance(self) -> Entrance: ...

    def new_folder(self) -> str:
        """The name of a folder for a call process; empty if it needs none."""

    def started(self, pid: int, folder: str) -> None:
        """From now on the process runs a builder's code."""

    def excesses(self) -> list[tuple[int, str]]:
        """Processes that took more than they may, and of what; cleans up, and takes a moment."""

    def patience(self) -> float:
        """Seconds until `excesses` should be asked again; below zero: no need."""

    def buried(self, pid: int, folder: str) -> None:
        """The process has ended, or was never made."""

    def end(self) -> None:
        """Cleans up when every process is gone."""


def of(settings: dict[str, Any]) -> Containment:
    """Loads the one that is used only: each call process is a copy of what is loaded."""
    if settings["containment"] == "landlock":
        from .landlock import Landlock

        return Landlock(settings)
    from .namespaces import Namespaces

    return Namespaces()
