"""The few system calls that the standard library does not offer, and their constants."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import struct

from . import processor

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_NOATIME, MS_BIND = 2, 4, 8, 1024, 4096

CLONE_VM = 0x00000100
CLONE_FILES = 0x00000400
CLONE_PARENT = 0x00008000
CLONE_THREAD = 0x00010000
CLONE_NEWNS = 0x00020000
CLONE_CHILD_SETTID = 0x01000000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
NEW_NAMESPACE = (
    CLONE_NEWNS
    | CLONE_NEWCGROUP
    | CLONE_NEWUTS
    | CLONE_NEWIPC
    | CLONE_NEWUSER
    | CLONE_NEWPID
    | CLONE_NEWNET
)
# A call process: everything of its own but the network namespace, which is made once and is empty.
# It becomes a child of the launcher, not of the zygote that it is a copy of.
CLONE_CALL = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_PARENT

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
_PR_SET_THP_DISABLE = 41
PR_GET_TID_ADDRESS = 40

_NUMBERS = processor.CURRENT.NUMBERS
_SYS_CLONE = _NUMBERS["clone"]
_SYS_CAPSET = _NUMBERS["capset"]
_SYS_SECCOMP = _NUMBERS["seccomp"]
_SYS_USERFAULTFD = _NUMBERS["userfaultfd"]
_O_CLOEXEC, _UFFD_USER_MODE_ONLY = 0o2000000, 1
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_NEW_LISTENER = 1 << 3
# Only a deadly signal interrupts a call that waits: no connection is made twice.
_SECCOMP_FILTER_FLAG_WAIT_KILLABLE = 1 << 5
_CAPABILITY_VERSION_3 = 0x20080522

# PyDLL keeps the interpreter lock: between a clone and its after-fork handlers nothing may run.
# Of mallopt.
_TRIM_THRESHOLD = -1
_MMAP_THRESHOLD = -3

_libc = ctypes.PyDLL(None, use_errno=True)
_syscall = _libc.syscall
_syscall.restype = ctypes.c_long
_syscall.argtypes = [ctypes.c_long] + [ctypes.c_ulong] * 5
_mount = _libc.mount
_mount.argtypes = [
    ctypes.c_char_p,
    ctypes.c_char_p,
    ctypes.c_char_p,
    ctypes.c_ulong,
    ctypes.c_char_p,
]
_prctl = _libc.prctl
_prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4


def _checked(result: int, what: str) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def no_new_privileges() -> None:
    _checked(_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)")


def die_with_parent() -> None:
    """For the rest of this process's life; the thread that made it counts as the parent."""
    _checked(_prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")


def no_core_dumps() -> None:
    """RLIMIT_CORE does not bind handlers that the system pipes dumps to; this does."""
    _checked(_prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl(PR_SET_DUMPABLE)")


def only_small_pages() -> None:
    """Inherited. What was written is then known by pages of 4 KiB. Older kernels refuse."""
    _prctl(_PR_SET_THP_DISABLE, 1, 0, 0, 0)


def write_tracker() -> int:
    """A userfaultfd of this process's memory for who will hold it; -1 where there is none."""
    return _syscall(_SYS_USERFAULTFD, _O_CLOEXEC | _UFFD_USER_MODE_ONLY, 0, 0, 0, 0)


def start_thread() -> None:
    """And awaits its end: with the first one, the C library sets handlers of signals.

    Who is a copy of this process has them already, and changes nothing by its own first thread.
    """
    thread = ctypes.c_ulong()
    _checked(-_libc.pthread_create(ctypes.byref(thread), None, _libc.abs, None), "pthread_create")
    _libc.pthread_join(thread, None)


def keep_heap() -> None:
    """The C library gives no memory of its heap back, which it would do at the end of a call.

    Where the heap has become shorter than it was, the kernel joins no memory to it again as it was:
    that of a copied process has a history. Blocks from 4 MiB on are mapped, and given back.
    """
    mallopt = getattr(_libc, "mallopt", None)  # not every C library has it
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, 2**31 - 1)
        mallopt(_MMAP_THRESHOLD, 4 << 20)


class Mount:
    """A mount that is made often: its arguments are encoded once."""

    def __init__(self, kind: str, path: str, flags: int, options: str) -> None:
        self._arguments = (kind.encode(), path.encode(), kind.encode(), flags, options.encode())

    def mount(self) -> None:
        if _mount(*self._arguments) < 0:
            _checked(-1, f"mount {self._arguments[1].decode()}")


def bind(source: str, path: str) -> None:
    """Shows one folder at another place, as writable or not as it is there."""
    _checked(_mount(source.encode(), path.encode(), None, MS_BIND, None), f"bind {path}")


_CAP_HEADER = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0))
_NO_CAPABILITIES = ctypes.create_string_buffer(24)


def drop_capabilities() -> None:
    """Empties all sets of the caller. The bounding set needs no care: nothing is ever executed."""
    header, data = ctypes.addressof(_CAP_HEADER), ctypes.addressof(_NO_CAPABILITIES)
    _checked(_syscall(_SYS_CAPSET, header, data, 0, 0, 0), "capset")


class FilterProgram:
    """A seccomp filter in the shape that the kernel reads, kept in memory to be loaded often."""

    def __init__(self, instructions: bytes) -> None:
        self.instructions = instructions
        self._code = ctypes.create_string_buffer(instructions, len(instructions))
        header = struct.pack("@HP", len(instructions) // 8, ctypes.addressof(self._code))
        self._header = ctypes.create_string_buffer(header, len(header))

    def load(self) -> None:
        """Needs no-new-privileges. Binds the calling thread and all that it starts, for good."""
        self._load(0)

    def load_with_listener(self) -> int:
        """The same; the descriptor that is told of calls whose verdict is NOTIFY."""
        try:
            return self._load(_SECCOMP_FILTER_FLAG_NEW_LISTENER | _SECCOMP_FILTER_FLAG_WAIT_KILLABLE)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            return self._load(_SECCOMP_FILTER_FLAG_NEW_LISTENER)  # a kernel before 5.19

    def _load(self, flags: int) -> int:
        address = ctypes.addressof(self._header)
        result = _syscall(_SYS_SECCOMP, _SECCOMP_SET_MODE_FILTER, flags, address, 0, 0)
        return _checked(result, "seccomp")


def _thread_id_address() -> int:
    """Where the C library caches the thread's id (0 if the kernel does not say).

    A clone that it did not make leaves the parent's id there, and abort() and pthread_kill() then
    signal a stranger.
    """
    address = ctypes.c_ulong(0)
    if _prctl(PR_GET_TID_ADDRESS, ctypes.addressof(address), 0, 0, 0) < 0:
        return 0
    return address.value


_TID_ADDRESS = _thread_id_address()
_SET_TID = CLONE_CHILD_SETTID if _TID_ADDRESS else 0


def _arguments_of_clone(flags: int) -> tuple[int, ...]:
    arguments = [flags | _SET_TID | signal.SIGCHLD, 0, 0, 0, 0]
    arguments[processor.CURRENT.CLONE_CHILD_TID] = _TID_ADDRESS
    return tuple(arguments)


_NEW_CALL, _NEW_SIBLING, _NEW_CHILD = map(_arguments_of_clone, (CLONE_CALL, CLONE_PARENT, 0))


def clone_call_process() -> int:
    """Into new namespaces: 0 in the copy, its id in the caller, negative if it failed."""
    return _syscall(_SYS_CLONE, *_NEW_CALL)


def clone_without_namespaces() -> int:
    """The same into none; it too becomes a child of the caller's parent."""
    return _syscall(_SYS_CLONE, *_NEW_SIBLING)


def copy() -> int:
    """Like os.fork(), for a process with one thread: a copy finds everything as it was.

    The interpreter's hooks for forks mend what other threads held, touch a good part of its
    memory, and are not run.
    """
    return _checked(_syscall(_SYS_CLONE, *_NEW_CHILD), "clone")
