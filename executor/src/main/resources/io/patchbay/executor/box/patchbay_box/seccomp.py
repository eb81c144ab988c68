"""Which system calls exist in the box.

Two filters, and the stricter verdict wins. The launcher's is loaded once and inherited: an
allow-list of what CPython and its libraries need, plus what the launcher needs to make call
processes. The one for calls takes the latter away again; it is small, since it is loaded per call.
"""

from __future__ import annotations

import errno
import os

from . import syscalls, x86_64
from .assembler import (
    ALLOW,
    NOTIFY,
    Case,
    Rule,
    Test,
    assemble,
    bits_set,
    is_null,
    no_bit,
    one_of,
    refuse,
)
from .syscalls import FilterProgram

_DENIED = refuse(errno.EACCES)
_FORBIDDEN = refuse(errno.EPERM)
_NOT_A_TERMINAL = refuse(errno.ENOTTY)
_NOT_THERE = refuse(errno.ENOSYS)

_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_STREAM = Test(1, (1,), mask=0xF)  # the type argument carries SOCK_NONBLOCK and SOCK_CLOEXEC too
_MSG_FASTOPEN = 0x20000000
_F_SETPIPE_SZ = 1031

_SOL_SOCKET, _IPPROTO_IP, _IPPROTO_TCP, _IPPROTO_IPV6 = 1, 0, 6, 41
_SO_BINDTODEVICE, _SO_ATTACH_FILTER, _SO_MARK, _SO_ATTACH_BPF = 25, 26, 36, 50
_SO_ATTACH_REUSEPORT_CBPF, _SO_ATTACH_REUSEPORT_EBPF, _SO_BINDTOIFINDEX = 51, 52, 62
_TCP_FASTOPEN_CONNECT, _TCP_ULP = 30, 31
_IP_TOS = 1
_IPV6_V6ONLY, _IPV6_TCLASS = 26, 67

_PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA = 3, 15, 16, 0x53564D41
_TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX = (
    0x5401,
    0x5413,
    0x541B,
    0x5421,
    0x5450,
    0x5451,
)


def _allow_if(*tests: Test, otherwise: int) -> Rule:
    return Rule((Case(tests, ALLOW),), otherwise)


def _refuse_if(*tests: Test, action: int) -> Rule:
    return Rule((Case(tests, action),), ALLOW)


_NEW_THREAD = Case(
    (bits_set(0, syscalls.CLONE_THREAD | syscalls.CLONE_VM), no_bit(0, syscalls.NEW_NAMESPACE)),
    ALLOW,
)
_NEW_CALL_PROCESS = Case(
    (bits_set(0, syscalls.CLONE_CALL), no_bit(0, syscalls.CLONE_NEWNET)),
    ALLOW,
)
_NEW_ZYGOTE = Case((no_bit(0, syscalls.CLONE_THREAD | syscalls.NEW_NAMESPACE | syscalls.CLONE_VM),), ALLOW)

_SOCKET_RULES = {
    "socket": _allow_if(
        one_of(0, _AF_INET, _AF_INET6), _STREAM, one_of(2, 0, _IPPROTO_TCP), otherwise=_DENIED
    ),
    "socketpair": _allow_if(one_of(0, _AF_UNIX), _STREAM, otherwise=_DENIED),
    "bind": Rule((), _DENIED),
    "listen": Rule((), _DENIED),
    # Sending with an address, or with "fast open", connects as well.
    "sendto": _allow_if(no_bit(3, _MSG_FASTOPEN), is_null(4), otherwise=_DENIED),
    "sendmsg": _allow_if(no_bit(2, _MSG_FASTOPEN), otherwise=_DENIED),
    "sendmmsg": _allow_if(no_bit(3, _MSG_FASTOPEN), otherwise=_DENIED),
    # A connected socket belongs to the machine's network. So: no programs attached to it, no
    # protocol modules loaded, no route, interface or multicast group of the caller's choice.
    "setsockopt": Rule(
        (
            Case(
                (
                    one_of(1, _SOL_SOCKET),
                    one_of(
                        2,
                        _SO_BINDTODEVICE,
                        _SO_ATTACH_FILTER,
                        _SO_MARK,
                        _SO_ATTACH_BPF,
                        _SO_ATTACH_REUSEPORT_CBPF,
                        _SO_ATTACH_REUSEPORT_EBPF,
                        _SO_BINDTOIFINDEX,
                    ),
                ),
                _FORBIDDEN,
            ),
            Case(
                (one_of(1, _IPPROTO_TCP), one_of(2, _TCP_ULP, _TCP_FASTOPEN_CONNECT)),
                _FORBIDDEN,
            ),
            Case((one_of(1, _SOL_SOCKET, _IPPROTO_TCP),), ALLOW),
            Case((one_of(1, _IPPROTO_IP), one_of(2, _IP_TOS)), ALLOW),
            Case((one_of(1, _IPPROTO_IPV6), one_of(2, _IPV6_V6ONLY, _IPV6_TCLASS)), ALLOW),
        ),
        _FORBIDDEN,
    ),
}

_OTHER_RULES = {
    "clone3": Rule((), _NOT_THERE),  # its flags are behind a pointer; clone can be looked at
    "fcntl": _refuse_if(one_of(1, _F_SETPIPE_SZ), action=_FORBIDDEN),
    "ioctl": _allow_if(
        one_of(1, _TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX),
        otherwise=_NOT_A_TERMINAL,
    ),
    "prctl": Rule(
        (
            Case((one_of(0, syscalls.PR_SET_DUMPABLE), one_of(1, 0)), ALLOW),
            Case((one_of(0, _PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA),), ALLOW),
        ),
        _FORBIDDEN,
    ),
}


def _program(rules: dict[str, Rule], verdicts: list, otherwise: int) -> FilterProgram:
    return FilterProgram(
        assemble(
            architecture=x86_64.AUDIT_ARCHITECTURE,
            numbers=x86_64.NUMBERS,
            rules=rules,
            verdicts=verdicts,
            otherwise=otherwise,
            first_unknown=x86_64.FIRST_UNKNOWN,
            unknown=_NOT_THERE,
        )
    )


def require_known_architecture() -> None:
    """There is a table for one machine; on any other nothing runs."""
    machine = os.uname().machine
    if machine != "x86_64":
        raise RuntimeError(f"no system call table for {machine}, only for x86_64")


def launcher_filter(supervised: bool) -> FilterProgram:
    """supervised: connect() is decided by whoever holds the listener; refused otherwise."""
    rules = {
        "connect": Rule((), NOTIFY if supervised else _DENIED),
        "clone": Rule((_NEW_THREAD, _NEW_CALL_PROCESS, _NEW_ZYGOTE), _FORBIDDEN),
        **_SOCKET_RULES,
        **_OTHER_RULES,
    }
    verdicts = [(x86_64.PLAIN, ALLOW), (x86_64.LAUNCHER_ONLY, ALLOW)]
    return _program(rules, verdicts, _FORBIDDEN)


def call_filter() -> FilterProgram:
    """To be stacked on the launcher's filter; by itself it contains nothing."""
    rules = {"clone": Rule((_NEW_THREAD,), _FORBIDDEN)}
    return _program(rules, [(x86_64.LAUNCHER_ONLY, _FORBIDDEN)], ALLOW)
