"""The kernel's Landlock: a process gives up for good what is not on its list of files."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct

from . import processor

# The first that keeps signals and abstract sockets inside: Linux 6.12.
LEAST_VERSION = 6
# From here on refusals can be kept out of the system's audit log.
_QUIET_VERSION = 7

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE = 1 << 4, 1 << 5
_MAKE_DIR, _MAKE_FILE, _MAKE_LINK = 1 << 7, 1 << 8, 1 << 12
_MOVE, TRUNCATE = 1 << 13, 1 << 14
_ALL_FILE_RIGHTS = (1 << 16) - 1
_OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE

READ = READ_FILE | READ_DIR
# No sockets, pipes or devices can be made, and nothing can be executed, whatever the filter says.
OWN = (
    READ
    | WRITE_FILE
    | _REMOVE_DIR
    | _REMOVE_FILE
    | _MAKE_DIR
    | _MAKE_FILE
    | _MAKE_LINK
    | _MOVE
    | TRUNCATE
)

_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3

_CREATE = processor.CURRENT.NUMBERS["landlock_create_ruleset"]
_ADD = processor.CURRENT.NUMBERS["landlock_add_rule"]
_RESTRICT = processor.CURRENT.NUMBERS["landlock_restrict_self"]
_ASK_VERSION = 1
_BENEATH_PATH = 1
_KEEP_OUT_OF_THE_LOG = 1

_syscall = ctypes.PyDLL(None, use_errno=True).syscall
_syscall.restype = ctypes.c_long
_syscall.argtypes = [ctypes.c_long] + [ctypes.c_ulong] * 4


def _call(number: int, *arguments: int) -> int:
    result = _syscall(number, *arguments, *([0] * (4 - len(arguments))))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"landlock: {os.strerror(error)}")
    return result


def version() -> int:
    """0 where the kernel has none, or was started without it."""
    try:
        return _call(_CREATE, 0, 0, _ASK_VERSION)
    except OSError as error:
        if error.errno in (errno.ENOSYS, errno.EOPNOTSUPP):
            return 0
        raise


class Path:
    """What may be done with a file, or a folder and all below it; held open for later rules."""

    def __init__(self, path: str, rights: int) -> None:
        self.descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        folder = stat.S_ISDIR(os.fstat(self.descriptor).st_mode)
        self.rights = rights if folder else rights & _OF_FILES


def restrict(paths: list[Path], quiet: bool) -> None:
    """Binds the calling thread and all that it starts; layers add up. Needs no-new-privileges.

    Files: what `paths` say. TCP: neither bind nor connect. Signals and abstract sockets: none to
    or from processes that are not restricted by this layer as well.
    """
    attributes = struct.pack(
        "=QQQ", _ALL_FILE_RIGHTS, _BIND_AND_CONNECT, _ABSTRACT_SOCKETS_AND_SIGNALS
    )
    room = ctypes.create_string_buffer(attributes, len(attributes))
    rules = _call(_CREATE, ctypes.addressof(room), len(attributes), 0)
    try:
        for path in paths:
            rule = ctypes.create_string_buffer(struct.pack("=Qi", path.rights, path.descriptor), 12)
            _call(_ADD, rules, _BENEATH_PATH, ctypes.addressof(rule), 0)
        _call(_RESTRICT, rules, _KEEP_OUT_OF_THE_LOG if quiet else 0)
    finally:
        os.close(rules)


def is_quiet(kernel_version: int) -> bool:
    return kernel_version >= _QUIET_VERSION
