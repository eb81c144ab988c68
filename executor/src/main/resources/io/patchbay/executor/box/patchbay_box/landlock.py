"""Level 2: no namespaces; Landlock decides about files and signals, for each call anew.

A call process is a plain copy of the launcher. It sees process ids and names of files of the
machine, and can open none but what every call may read and its own folder.
"""

from __future__ import annotations

import os
import resource
import time
from typing import Any

from . import enter_box, landlock_rules, seccomp, syscalls
from .call_folders import CallFolders, excess
from .landlock_rules import OWN, READ, TRUNCATE, WRITE_FILE
from .syscalls import FilterProgram

_MEASURE_SECONDS = 0.1
_REMOVE_SECONDS = 0.005
# Threads of all calls together, beside one for each.
_SPARE_THREADS = 512
_NO_CORE_DUMPS_NOT_EVEN_TO_PROGRAMS = 1


class Landlock:
    def __init__(self, settings: dict[str, Any]) -> None:
        version = landlock_rules.version()
        if version < landlock_rules.LEAST_VERSION:
            raise RuntimeError(
                f"Landlock {landlock_rules.LEAST_VERSION} or newer (Linux 6.12) is needed, and"
                f" switched on; this kernel has {version or 'none'}"
            )
        self._quiet = landlock_rules.is_quiet(version)
        self._app: str = settings["app"]
        self._run = os.path.dirname(settings["folders"])
        self._readable = [landlock_rules.Path(path, READ) for path in settings["readable"]]
        self._readable.append(landlock_rules.Path(os.devnull, READ | WRITE_FILE | TRUNCATE))
        self._readable.append(landlock_rules.Path("/dev/urandom", READ))
        self._folders = CallFolders(settings["folders"])
        self._folder_of: dict[int, str] = {}
        self._next_folder = ""
        self._measured: set[int] = set()
        self._measure_at = 0.0
        self._launcher = os.getpid()
        self._only_threads = seccomp.call_filter(landlock=True)
        self._max_threads = _threads_of_this_user() + settings["places"] + _SPARE_THREADS

    def limits(self) -> dict[int, int]:
        # Not PR_SET_DUMPABLE, as with namespaces: it would hide the memory of a call from the
        # supervisor of its connections where that is the same ordinary user.
        return {resource.RLIMIT_CORE: _NO_CORE_DUMPS_NOT_EVEN_TO_PROGRAMS}

    def close_launcher(self) -> None:
        syscalls.die_with_parent()
        own = [
            landlock_rules.Path(self._app, READ),
            landlock_rules.Path(self._run, OWN),
            landlock_rules.Path("/proc", READ | WRITE_FILE),
        ]
        landlock_rules.restrict([*self._readable, *own], self._quiet)

    def launcher_filter(self, supervised: bool) -> FilterProgram:
        return seccomp.launcher_filter(supervised, landlock=True)

    def own_status(self) -> str:
        return "/proc/self/status"

    def make_process(self) -> tuple[int, int]:
        folder = self._folders.make()
        self._next_folder = folder
        try:
            pid, pidfd = syscalls.clone_call_process(syscalls.CLONE_PIDFD)
        except OSError:
            self._folders.doom(folder)
            raise
        if pid != 0:
            self._folder_of[pid] = folder
        return pid, pidfd

    def enter(self, inherited: tuple[int, int, int, int]) -> None:
        enter_box.leave_process_group()
        syscalls.die_with_parent()
        if os.getppid() != self._launcher:
            raise RuntimeError("the launcher has ended")
        enter_box.be_the_first_to_die("/proc")
        self._folder_of.clear()
        self._live_in(self._next_folder)
        own = landlock_rules.Path(self._next_folder, OWN)
        landlock_rules.restrict([*self._readable, own], self._quiet)
        self._lower_limits()
        enter_box.keep_descriptors(inherited)
        self._only_threads.load()

    @staticmethod
    def _live_in(folder: str) -> None:
        """The machine's /tmp is closed to it, so libraries must be told where theirs is."""
        os.chdir(folder)
        os.umask(0o077)
        os.environ["HOME"] = os.environ["TMPDIR"] = folder

    def _lower_limits(self) -> None:
        """NPROC counts all threads of the user, so it is a limit of all calls together."""
        hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        most = self._max_threads
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
        descriptors = enter_box.MAX_DESCRIPTORS
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    def started(self, pid: int) -> None:
        self._measured.add(pid)

    def excesses(self) -> list[tuple[int, str]]:
        self._folders.remove_for(_REMOVE_SECONDS)
        if time.monotonic() < self._measure_at:
            return []
        self._measure_at = time.monotonic() + _MEASURE_SECONDS
        found = []
        for pid in self._measured:
            most = enter_box.TMP_BYTES, enter_box.TMP_INODES
            what = excess(self._folder_of[pid], pid, *most)
            if what:
                found.append((pid, what))
        self._measured.difference_update(pid for pid, _ in found)
        return found

    def patience(self) -> float:
        if self._folders.lacks_removal:
            return 0
        if self._measured:
            return max(0.0, self._measure_at - time.monotonic())
        return -1

    def buried(self, pid: int) -> None:
        self._measured.discard(pid)
        self._folders.doom(self._folder_of.pop(pid))

    def end(self) -> None:
        self._folders.end()


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
