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
from typing import Iterator

_AT_ONCE = 256


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


def excess(folder: str, pid: int, max_bytes: int, max_files: int) -> str:
    """What a running process has too much of; empty if nothing. Counts no longer than it must."""
    left_bytes, left_files = max_bytes, max_files
    for size in itertools.chain(_sizes(folder), _sizes_of_removed(folder, pid)):
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


def _sizes_of_removed(folder: str, pid: int) -> Iterator[int]:
    """Files without a name take room as long as they are open."""
    try:
        device = os.stat(folder).st_dev
        with os.scandir(f"/proc/{pid}/fd") as entries:
            for entry in entries:
                file = os.stat(entry.path)
                if file.st_dev == device and file.st_nlink == 0 and stat.S_ISREG(file.st_mode):
                    yield file.st_blocks * 512
    except OSError:
        pass  # the process ends, or closes them meanwhile
