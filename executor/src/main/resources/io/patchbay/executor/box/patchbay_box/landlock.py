"""Level 2: no namespaces; Landlock decides about files and signals, for each call anew.

A call process is a plain copy of a zygote. It sees process ids and names of files of the machine,
and can open none but what every call may read, its package set and its own folder.
"""

from __future__ import annotations

import os
import resource
from array import array
from typing import Any, NamedTuple

from . import enter_box, landlock_rules, seccomp, syscalls
from .call_folders import CallFolders, Excesses
from .landlock_rules import OWN, READ, TRUNCATE, WRITE_FILE, Path
from .syscalls import FilterProgram

_REMOVE_SECONDS = 0.005
# Threads of all calls together, beside one for each.
_SPARE_THREADS = 512
_NO_CORE_DUMPS_NOT_EVEN_TO_PROGRAMS = 1


class Landlock:
    """The launcher's side, and what zygotes need to make an entrance."""

    proc = "/proc"

    def __init__(self, settings: dict[str, Any]) -> None:
        version = landlock_rules.version()
        if version < landlock_rules.LEAST_VERSION:
            raise RuntimeError(
                f"Landlock {landlock_rules.LEAST_VERSION} or newer (Linux 6.12) is needed, and"
                f" switched on; this kernel has {version or 'none'}"
            )
        self._app: str = settings["app"]
        self._run = os.path.dirname(settings["folders"])
        self._folders = CallFolders(settings["folders"])
        self._excesses = Excesses(enter_box.TMP_BYTES, enter_box.TMP_INODES)
        self._room = Room(
            quiet=landlock_rules.is_quiet(version),
            readable=settings["readable"],
            package_sets=settings["package_sets"],
            folders=settings["folders"],
            max_threads=_threads_of_this_user() + settings["places"] + _SPARE_THREADS,
        )

    def limits(self) -> dict[int, int]:
        # Not PR_SET_DUMPABLE, as with namespaces: it would hide the memory of a call from the
        # supervisor of its connections where that is the same ordinary user.
        return {resource.RLIMIT_CORE: _NO_CORE_DUMPS_NOT_EVEN_TO_PROGRAMS}

    def close_launcher(self) -> None:
        syscalls.die_with_parent()
        own = [Path(self._app, READ), Path(self._run, OWN), Path("/proc", READ | WRITE_FILE)]
        if self._room.package_sets:
            own.append(Path(self._room.package_sets, READ))
        self._room.close([*self._room.common(), *own])

    def launcher_filter(self, supervised: bool) -> FilterProgram:
        return seccomp.launcher_filter(supervised, landlock=True)

    def watch_parent(self) -> None:
        syscalls.die_with_parent()

    def entrance(self) -> Entrance:
        return Entrance(self._room, os.getppid())

    def new_folder(self) -> str:
        return self._folders.make()

    def started(self, pid: int, folder: str) -> None:
        self._excesses.watch(pid, self._folders.path(folder))

    def excesses(self) -> list[tuple[int, str]]:
        self._folders.remove_for(_REMOVE_SECONDS)
        return self._excesses.find()

    def patience(self) -> float:
        return 0 if self._folders.lacks_removal else self._excesses.patience()

    def buried(self, pid: int, folder: str) -> None:
        self._excesses.forget(pid)
        self._folders.doom(self._folders.path(folder))

    def end(self) -> None:
        self._folders.end()


class Room(NamedTuple):
    """What every call may read, and where its own folder lies."""

    quiet: bool
    readable: list[str]
    package_sets: str
    folders: str
    max_threads: int

    def common(self) -> list[Path]:
        paths = [Path(path, READ) for path in self.readable]
        paths.append(Path(os.devnull, READ | WRITE_FILE | TRUNCATE))
        paths.append(Path("/dev/urandom", READ))
        return paths

    def close(self, paths: list[Path]) -> None:
        landlock_rules.restrict(paths, self.quiet)


class Entrance:
    """Into a folder and a Landlock domain of its own."""

    def __init__(self, room: Room, launcher: int) -> None:
        self._room = room
        self._launcher = launcher
        self._only_threads = seccomp.call_filter(landlock=True)

    def clone(self) -> int:
        return syscalls.clone_without_namespaces()

    def enter(self, inherited: array[int], packages: str, folder: str) -> str:
        enter_box.leave_process_group()
        syscalls.die_with_parent()
        if os.getppid() != self._launcher:
            raise RuntimeError("the launcher has ended")
        own = os.path.join(self._room.folders, folder)
        packages = os.path.join(self._room.package_sets, packages) if packages else ""
        paths = [*self._room.common(), Path(own, OWN)]
        if packages:
            paths.append(Path(packages, READ))
        self._live_in(own)
        offers = enter_box.open_offers("/proc")
        self._room.close(paths)
        self._limit_threads()
        enter_box.keep_descriptors(inherited, offers)
        self._only_threads.load()
        return packages

    @staticmethod
    def _live_in(folder: str) -> None:
        """The machine's /tmp is closed to it, so libraries must be told where theirs is."""
        os.chdir(folder)
        os.umask(0o077)
        os.environ["HOME"] = os.environ["TMPDIR"] = folder

    def _limit_threads(self) -> None:
        """NPROC counts all threads of the user, so it is a limit of all calls together."""
        hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        most = self._room.max_threads
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def _threads_of_this_user() -> int:
    """As the kernel counts them for RLIMIT_NPROC."""
    count = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{name}/task"))
        except OSError:  # it has ended
            pass
    return count
