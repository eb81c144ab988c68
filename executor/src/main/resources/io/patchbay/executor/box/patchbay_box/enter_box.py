"""What a cloned process does to itself before it sees the builder's code.

It starts as a copy of the launcher in new user, pid, mount and ipc namespaces, with all
capabilities inside of them. The network namespace, the big system call filter, no-new-privileges
and most limits are inherited. It ends with nothing but four descriptors and its own /tmp.
"""

from __future__ import annotations

import os
import resource

from . import syscalls
from .syscalls import FilterProgram

# Everything that the launcher needs and a call must not see lies below /tmp/.launcher, its /proc
# included: the tmpfs of the call covers all of it with one mount.
LAUNCHER_PROC = "/tmp/.launcher/proc"

TMP_BYTES = 16 << 20
TMP_INODES = 2048
MAX_THREADS = 64
MAX_DESCRIPTORS = 256

CONNECTION = 3

# The launcher's own limit, and so the highest number that a copied descriptor can have.
LAUNCHER_DESCRIPTORS = 4096


def enter(
    user: int, group: int, inherited: tuple[int, int, int, int], only_threads: FilterProgram
) -> None:
    """inherited: the descriptors that become 0, 1, 2 and 3. Any error must end the process."""
    leave_process_group()
    map_user(user, group)
    be_the_first_to_die()
    syscalls.no_core_dumps()
    mount_own_tmp(user, group)
    lower_limits()
    syscalls.drop_capabilities()
    keep_descriptors(inherited)
    only_threads.load()


def leave_process_group() -> None:
    """A process group reaches across pid namespaces: kill(0) would signal the launcher."""
    os.setsid()


def map_user(user: int, group: int) -> None:
    """The same ids as in the launcher's namespace; the kernel lets a process map only itself."""
    _write("/self/setgroups", "deny")
    _write("/self/uid_map", f"{user} {user} 1")
    _write("/self/gid_map", f"{group} {group} 1")


def be_the_first_to_die(proc: str = LAUNCHER_PROC) -> None:
    """When the machine runs out of memory, a call goes before anything else."""
    _write("/self/oom_score_adj", "1000", proc)


def mount_own_tmp(user: int, group: int) -> None:
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    size = f"size={TMP_BYTES},nr_inodes={TMP_INODES},mode=700"
    syscalls.mount_tmpfs("/tmp", flags, f"{size},uid={user},gid={group}")
    os.chdir("/tmp")


def lower_limits() -> None:
    """NPROC counts threads, per user and user namespace, so it must be set in this one."""
    resource.setrlimit(resource.RLIMIT_NPROC, (MAX_THREADS, MAX_THREADS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_DESCRIPTORS, MAX_DESCRIPTORS))


def keep_descriptors(inherited: tuple[int, int, int, int]) -> None:
    """All others, such as other calls' connections, are closed. Inherited ones are above 3."""
    for number, descriptor in enumerate(inherited):
        os.dup2(descriptor, number)
    os.closerange(CONNECTION + 1, LAUNCHER_DESCRIPTORS)


def _write(path: str, text: str, proc: str = LAUNCHER_PROC) -> None:
    descriptor = os.open(proc + path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
