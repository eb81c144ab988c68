"""What a cloned process does to itself before it sees the builder's code.

It starts as a copy of a zygote in new user, pid, mount and ipc namespaces, with all capabilities
inside of them. The network namespace, the big system call filter, no-new-privileges and most
limits are inherited. It ends with nothing but four descriptors, its own /tmp, and what it offers to the executor.
"""

from __future__ import annotations

import fcntl
import os
import resource
from array import array

from . import seccomp, syscalls

# Everything that the launcher needs and a call must not see lies below /tmp/.launcher, its /proc
# included: the tmpfs of the call covers all of it with one mount.
LAUNCHER_PROC = "/tmp/.launcher/proc"
LAUNCHER_PACKAGES = "/tmp/.launcher/packages"

# Where a call finds the one package set that it may see.
PACKAGES = "/opt/packages"

TMP_BYTES = 16 << 20
TMP_INODES = 2048
MAX_THREADS = 64
MAX_DESCRIPTORS = 256

CONNECTION = 3
# What the executor takes to itself before any code is loaded, in processes that are put back to a
# snapshot: the tracker of what is written, the map of pages, and memory to be read. Another process
# of an ordinary user could not open them.
TRACKER, PAGEMAP, MEMORY = 4, 5, 6

# The launcher's own limit, and so the highest number that a descriptor can have.
LAUNCHER_DESCRIPTORS = 4096


def first_to_die(proc: str) -> None:
    """When the machine runs out of memory, a call goes before anything else. Inherited."""
    _write(proc + "/self/oom_score_adj", b"1000")


class Entrance:
    """Into namespaces. Made before the process is copied, so that a copy has only to pass through."""

    def __init__(
        self, user: int, group: int, tmp_bytes: int = TMP_BYTES, tmp_inodes: int = TMP_INODES
    ) -> None:
        self._maps = (
            (LAUNCHER_PROC + "/self/setgroups", b"deny"),
            (LAUNCHER_PROC + "/self/uid_map", b"%d %d 1" % (user, user)),
            (LAUNCHER_PROC + "/self/gid_map", b"%d %d 1" % (group, group)),
        )
        flags = (
            syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC | syscalls.MS_NOATIME
        )
        options = f"size={tmp_bytes},nr_inodes={tmp_inodes},mode=700,uid={user},gid={group}"
        self._tmp = syscalls.Mount("tmpfs", "/tmp", flags, options)
        self._only_threads = seccomp.call_filter()

    def clone(self) -> int:
        return syscalls.clone_call_process()

    def enter(self, inherited: array[int], packages: str, folder: str) -> str:
        """Where the package set is; empty if there is none."""
        leave_process_group()
        self._map_user()
        offers = open_offers(LAUNCHER_PROC)
        syscalls.no_core_dumps()
        if packages:
            syscalls.bind(f"{LAUNCHER_PACKAGES}/{packages}", PACKAGES)
        self._cover_tmp()
        self._limit_threads()
        syscalls.drop_capabilities()
        keep_descriptors(inherited, offers)
        self._only_threads.load()
        return PACKAGES if packages else ""

    def _map_user(self) -> None:
        """The same ids as outside; the kernel lets a process map only itself."""
        for path, text in self._maps:
            _write(path, text)

    def _cover_tmp(self) -> None:
        self._tmp.mount()
        os.chdir("/tmp")

    @staticmethod
    def _limit_threads() -> None:
        """Counted per user and user namespace, so it must be set in this one."""
        resource.setrlimit(resource.RLIMIT_NPROC, (MAX_THREADS, MAX_THREADS))


def leave_process_group() -> None:
    """A process group reaches across pid namespaces: kill(0) would signal the launcher."""
    os.setsid()


def open_offers(proc: str) -> tuple[int, int]:
    """The map of pages, and memory, of this process."""
    return (
        os.open(proc + "/self/pagemap", os.O_RDONLY),
        os.open(proc + "/self/mem", os.O_RDONLY),
    )


def open_offers(proc: str) -> tuple[int, int]:
    """The map of pages, and memory, of this process."""
    return (
        os.open(proc + "/self/pagemap", os.O_RDONLY),
        os.open(proc + "/self/mem", os.O_RDONLY),
    )


def keep_descriptors(inherited: array[int], offers: tuple[int, int]) -> None:
    """All others are closed. Those that were inherited are above 3."""
    for number, descriptor in enumerate(inherited, 1):
        os.dup2(descriptor, number)
    # Its own: whoever has the same open file has the same flags of it.
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    pagemap, memory = (fcntl.fcntl(offer, fcntl.F_DUPFD, MEMORY + 1) for offer in offers)
    os.dup2(pagemap, PAGEMAP)
    os.dup2(memory, MEMORY)
    os.closerange(MEMORY + 1, LAUNCHER_DESCRIPTORS)
    os.closerange(TRACKER, PAGEMAP)
    syscalls.write_tracker()  # gets the lowest number that is free


def _write(path: str, text: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text)
    finally:
        os.close(descriptor)
