"""What tells the levels of containment apart, behind one seam: how call processes are made,
closed and cleaned up after. The limits, the filters and the rest of a call's life are shared.
"""

from __future__ import annotations

from typing import Any, Protocol

from .syscalls import FilterProgram

Inherited = tuple[int, int, int, int]


class Containment(Protocol):
    """For the launcher's only thread, but `enter`, which is for the process of a call."""

    def limits(self) -> dict[int, int]:
        """Limits of resources that replace the launcher's usual ones."""

    def close_launcher(self) -> None:
        """Restricts the launcher itself, before its filter is loaded."""

    def launcher_filter(self, supervised: bool) -> FilterProgram: ...

    def own_status(self) -> str:
        """Path of what the kernel says of the launcher."""

    def make_process(self) -> tuple[int, int]:
        """Like os.fork(): (0, -1) in the child, (pid, pidfd) in the launcher."""

    def enter(self, inherited: Inherited) -> None:
        """inherited: the descriptors that become 0, 1, 2 and 3. Any error must end the process."""

    def started(self, pid: int) -> None:
        """From now on the process runs a builder's code."""

    def excesses(self) -> list[tuple[int, str]]:
        """Processes that took more than they may, and of what; cleans up, and takes a moment."""

    def patience(self) -> float:
        """Seconds until `excesses` should be asked again; below zero: no need."""

    def buried(self, pid: int) -> None:
        """The process has ended."""

    def end(self) -> None:
        """Cleans up when every process is gone."""


def of(settings: dict[str, Any]) -> Containment:
    """Loads the one that is used only: each call process is a copy of what is loaded."""
    if settings["containment"] == "landlock":
        from .landlock import Landlock

        return Landlock(settings)
    from .namespaces import Namespaces

    return Namespaces()
