"""Folders of calls on a file system that all of them share: made, measured and removed.

What lies in them was made by builders' code: links that lead elsewhere, folders without
permissions, trees deeper than a path can be long. Nothing is followed. Only the tree of a process
that is dead is changed.
"""

from __future__ import annotations

import itertools
import os
import stat
import time
from collections import deque
from contextlib import suppress
from typing import Iterator

from . import measure

_AT_ONCE = 256

_PAUSE_SECONDS = 0.01
# Measuring takes a tenth of one processor's time at most.
_PAUSES_PER_MEASURING = 10
# What a process could write in less is not looked at.
_NEW_WORK_NANOS = 1_000_000


class CallFolders:
    """All lie in `root`, which is made. Names are random: no call can guess another's."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._doomed: deque[str] = deque()
        os.mkdir(root, 0o700)
        self._doom_those_of_killed_launchers()

    def _doom_those_of_killed_launchers(self) -> None:
        beside, own = os.path.split(self._root)
        kind = own.rstrip("0123456789")
        for name in os.listdir(beside):
            if name.startswith(kind) and name != own:
                self.doom(os.path.join(beside, name))

    def make(self) -> str:
        """The name of a new one."""
        name = os.urandom(12).hex()
        os.mkdir(self.path(name), 0o700)
        return name

    def path(self, name: str) -> str:
        return os.path.join(self._root, name)

    def doom(self, path: str) -> None:
        """Removes it at once if it is empty, as most are, and soon otherwise."""
        try:
            os.rmdir(path)
        except OSError:
            self._doomed.append(path)

    @property
    def lacks_removal(self) -> bool:
        return bool(self._doomed)

    def remove_for(self, seconds: float) -> None:
        """Goes on removing what is doomed, for about so long."""
        until = time.monotonic() + seconds
        while self._doomed and time.monotonic() < until:
            path = self._doomed.popleft()
            try:
                self._remove_some(path)
            except OSError as error:
                print(f"cannot remove the files of a call: {error}", flush=True)

    def _remove_some(self, path: str) -> None:
        """Folders within move up to the root and are doomed themselves: no path grows long."""
        os.chmod(path, 0o700)
        with os.scandir(path) as entries:
            some = list(itertools.islice(entries, _AT_ONCE))
        for entry in some:
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.path, 0o700)  # to be moved, a folder must be writable itself
                moved = self.path(os.urandom(12).hex())
                os.rename(entry.path, moved)
                self._doomed.append(moved)
            else:
                os.unlink(entry.path)
        if len(some) < _AT_ONCE:
            os.rmdir(path)
        else:
            self._doomed.appendleft(path)

    def end(self) -> None:
        """Removes all folders, and then the root."""
        while self._doomed:
            self.remove_for(1)
        for name in os.listdir(self._root):
            self.doom(os.path.join(self._root, name))
        while self._doomed:
            self.remove_for(1)
        os.rmdir(self._root)


class Excesses:
    """Watches what running processes have in their folders.

    A process that has hardly run since it was measured has written next to nothing, so those that
    wait cost next to nothing.
    """

    def __init__(self, max_bytes: int, max_files: int) -> None:
        self._most = max_bytes, max_files
        self._folders: dict[int, str] = {}
        self._worked: dict[int, int] = {}
        self._next = 0.0

    def watch(self, pid: int, folder: str) -> None:
        self._folders[pid] = folder
        self._worked[pid] = -_NEW_WORK_NANOS

    def forget(self, pid: int) -> None:
        if self._folders.pop(pid, None) is not None:
            del self._worked[pid]

    def patience(self) -> float:
        """Seconds until it is time to look; below zero: there is nothing to look at."""
        return max(0.0, self._next - time.monotonic()) if self._folders else -1

    def find(self) -> list[tuple[int, str]]:
        """Processes and what they have too much of, where it is time to look; each is told once."""
        begin = time.monotonic()
        if begin < self._next:
            return []
        found = [(pid, what) for pid in list(self._folders) if (what := self._excess_of(pid))]
        for pid, _ in found:
            self.forget(pid)
        end = time.monotonic()
        self._next = end + max(_PAUSE_SECONDS, _PAUSES_PER_MEASURING * (end - begin))
        return found

    def _excess_of(self, pid: int) -> str:
        worked = measure.cpu_nanos(pid)
        if worked - self._worked[pid] < _NEW_WORK_NANOS:
            return ""
        self._worked[pid] = worked
        return excess(self._folders[pid], pid, *self._most)


def excess(folder: str, pid: int, max_bytes: int, max_files: int) -> str:
    """What a running process has too much of; empty if nothing. Counts no longer than it must."""
    left_bytes, left_files = max_bytes, max_files
    for size in itertools.chain(_sizes(folder), _sizes_of_removed(folder, pid, max_bytes)):
        if size < 0:
            return "it made folders that cannot be looked into"
        left_bytes -= size
        left_files -= 1
        if left_bytes < 0:
            return f"its files take more than {max_bytes >> 20} MiB"
        if left_files < 0:
            return f"it made more than {max_files} files and folders"
    return ""


def _sizes(folder: str) -> Iterator[int]:
    """Bytes on disk of all that is below; below zero for what cannot be looked into."""
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    yield entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except FileNotFoundError:
            pass  # removed meanwhile
        except OSError:
            yield -1


def _sizes_of_removed(folder: str, pid: int, most: int) -> Iterator[int]:
    """Files without a name take room as long as they are open or mapped.

    most: what a file may have, since of one that is only mapped nobody is told the size.
    """
    mapped = _removed_and_mapped(folder, pid)
    opened = _removed_and_open(folder, pid)
    yield from opened.values()
    if not mapped <= opened.keys():
        only_mapped = mapped & _removed_and_mapped(folder, pid) - opened.keys()
        yield from itertools.repeat(most, len(only_mapped))


def _removed_and_open(folder: str, pid: int) -> dict[int, int]:
    """Bytes by number of the inode."""
    found = {}
    try:
        device = os.stat(folder).st_dev
        with os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                with suppress(FileNotFoundError):  # it is closed meanwhile
                    file = os.stat(entry.path)
                    if file.st_dev == device and file.st_nlink == 0 and stat.S_ISREG(file.st_mode):
                        found[file.st_ino] = file.st_blocks * 512
    except OSError:
        pass  # the process ends
    return found


def _removed_and_mapped(folder: str, pid: int) -> set[int]:
    """Numbers of the inodes."""
    try:
        with open(f"/proc/{pid}/maps", encoding="utf-8", errors="surrogateescape") as maps:
            gone = [line for line in maps if line.endswith(" (deleted)\n") and folder in line]
    except OSError:
        return set()
    return {int(line.split(None, 5)[4]) for line in gone}
