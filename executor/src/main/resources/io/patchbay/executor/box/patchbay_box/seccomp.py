"""Which system calls exist in the box.

Two filters, and the stricter verdict wins. The launcher's is loaded once and inherited: an
allow-list of what CPython and its libraries need, plus what the launcher needs to make call
processes. The one for calls takes the latter away again; it is small, since it is loaded per call.
Each comes in two kinds: for calls with namespaces of their own, and for calls under Landlock.
"""

from __future__ import annotations

import errno
import signal
from types import ModuleType

from . import call_names, processor, syscalls
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
_UNKNOWN = refuse(errno.EINVAL)
_UNSUPPORTED = refuse(errno.EOPNOTSUPP)
# Nothing is done, and the caller is told that it was.
_PRETEND = refuse(0)

_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_STREAM = Test(1, (1,), mask=0xF)  # the type argument carries SOCK_NONBLOCK and SOCK_CLOEXEC too
_MSG_FASTOPEN = 0x20000000
_CLOSE_RANGE_CLOEXEC = 4

_SOL_SOCKET, _IPPROTO_IP, _IPPROTO_TCP, _IPPROTO_IPV6 = 1, 0, 6, 41
_SO_BINDTODEVICE, _SO_ATTACH_FILTER, _SO_MARK, _SO_ATTACH_BPF = 25, 26, 36, 50
_SO_ATTACH_REUSEPORT_CBPF, _SO_ATTACH_REUSEPORT_EBPF, _SO_BINDTOIFINDEX = 51, 52, 62
_SO_SNDBUF, _SO_RCVBUF, _SO_SNDBUFFORCE, _SO_RCVBUFFORCE = 7, 8, 32, 33
_SO_BUF_LOCK, _SO_RESERVE_MEM = 72, 73
_TCP_FASTOPEN_CONNECT, _TCP_ULP = 30, 31
_IP_TOS = 1
_IPV6_V6ONLY, _IPV6_TCLASS = 26, 67

_RSEQ_REGISTER = 0
_MEMBARRIER_QUERY = 0
_O_CLOEXEC, _UFFD_USER_MODE_ONLY = 0o2000000, 1
_O_WITHOUT_NAME = 0o20000000
_WILL_NEED, _DROP, _LATER_FREE, _HUGE, _COLD, _PAGE_OUT = 3, 4, 8, 14, 20, 21
_READ_IN, _WRITE_IN, _GUARD, _NO_GUARD = 22, 23, 102, 103
_F_DUPFD, _F_GETFD, _F_SETFD, _F_GETFL, _F_SETFL, _F_GETLK, _F_SETLK, _F_SETLKW = range(8)
_F_GETOWN, _F_GETSIG, _F_DUPFD_CLOEXEC, _F_GETPIPE_SZ = 9, 11, 1030, 1032

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


# A thread that shared no descriptors would have as many again as its process may have.
_THREAD_FLAGS = syscalls.CLONE_THREAD | syscalls.CLONE_VM | syscalls.CLONE_FILES
_NEW_THREAD = Case((bits_set(0, _THREAD_FLAGS), no_bit(0, syscalls.NEW_NAMESPACE)), ALLOW)
_NEW_CALL_PROCESS = Case(
    (bits_set(0, syscalls.CLONE_CALL), no_bit(0, syscalls.CLONE_NEWNET)),
    ALLOW,
)
_NEW_COPY = Case((no_bit(0, syscalls.NEW_NAMESPACE | _THREAD_FLAGS),), ALLOW)

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
            # The executor chooses the size of buffers; libraries that ask for another go on.
            Case((one_of(1, _SOL_SOCKET), one_of(2, _SO_SNDBUF, _SO_RCVBUF)), _PRETEND),
            Case(
                (
                    one_of(1, _SOL_SOCKET),
                    one_of(2, _SO_SNDBUFFORCE, _SO_RCVBUFFORCE, _SO_BUF_LOCK, _SO_RESERVE_MEM),
                ),
                _FORBIDDEN,
            ),
            Case((one_of(1, _SOL_SOCKET, _IPPROTO_TCP),), ALLOW),
            Case((one_of(1, _IPPROTO_IP), one_of(2, _IP_TOS)), ALLOW),
            Case((one_of(1, _IPPROTO_IPV6), one_of(2, _IPV6_V6ONLY, _IPV6_TCLASS)), ALLOW),
        ),
        _FORBIDDEN,
    ),
}

# Nobody may mark, watch or own what all calls share, nor make the kernel keep much.
_FCNTL = one_of(
    1,
    _F_DUPFD,
    _F_GETFD,
    _F_SETFD,
    _F_GETFL,
    _F_SETFL,
    _F_GETLK,
    _F_GETOWN,
    _F_GETSIG,
    _F_DUPFD_CLOEXEC,
    _F_GETPIPE_SZ,
)
# A lock keeps out other processes, and no other one can open what is a call's own. So none is made:
# one on a file that all calls can read would be seen by all of them, and any takes the kernel's
# memory, for each byte of a file if need be.
_LOCK = Case((one_of(1, _F_SETLK, _F_SETLKW),), _PRETEND)

_PRCTL = (
    Case((one_of(0, syscalls.PR_SET_DUMPABLE), one_of(1, 0)), ALLOW),
    Case((one_of(0, _PR_GET_DUMPABLE, _PR_SET_NAME, _PR_GET_NAME, _PR_SET_VMA),), ALLOW),
)
_DIE_WITH_PARENT = Case(
    (one_of(0, syscalls.PR_SET_PDEATHSIG), one_of(1, signal.SIGKILL)), ALLOW
)

_OTHER_RULES = {
    "clone3": Rule((), _NOT_THERE),  # its flags are behind a pointer; clone can be looked at
    # With CLOSE_RANGE_UNSHARE a thread gets descriptors of its own, as many again as its process.
    "close_range": _allow_if(one_of(2, 0, _CLOSE_RANGE_CLOEXEC), otherwise=_FORBIDDEN),
    # What a user's processes may watch is limited for all of them, the server's included.
    **{name: Rule((), _NOT_THERE) for name in ("epoll_create", "epoll_create1")},
    "fcntl": Rule((_LOCK, Case((_FCNTL,), ALLOW)), _FORBIDDEN),
    "flock": Rule((), _PRETEND),
    "ioctl": _allow_if(
        one_of(1, _TCGETS, _TIOCGWINSZ, _FIONREAD, _FIONBIO, _FIONCLEX, _FIOCLEX),
        otherwise=_NOT_A_TERMINAL,
    ),
}

# Of a process that is put back to its snapshot after each call, what the kernel holds must be as it
# was. Most of that can be compared from outside; of the rest the supervisor is told. It lets the
# call go on, and that process is not used again.
_OWN_FOUR = Test(0, (0,), mask=0xFFFFFFFC)  # standard in, out and error, and the connection
_INTO_OWN_FOUR = Test(1, (0,), mask=0xFFFFFFFC)


def _told_of(rule: Rule, *told: Case) -> Rule:
    """What is refused stays refused."""
    refused = tuple(case for case in rule.cases if case.action != ALLOW)
    allowed = tuple(case for case in rule.cases if case.action == ALLOW)
    return Rule((*refused, *told, *allowed), rule.otherwise)


_TOLD_OF = {
    "rt_sigaction": _allow_if(is_null(1), otherwise=NOTIFY),
    "sigaltstack": _allow_if(is_null(0), otherwise=NOTIFY),
    "membarrier": _allow_if(one_of(0, _MEMBARRIER_QUERY), otherwise=NOTIFY),
    "rseq": _allow_if(one_of(2, _RSEQ_REGISTER), otherwise=NOTIFY),
    **{
        name: Rule((), NOTIFY) for name in ("alarm", "arch_prctl", "set_tid_address", "setitimer")
    },
    # A heap that ends within a page looks as if it ended with it. The C library never does so.
    "brk": _allow_if(no_bit(0, 0xFFF), otherwise=NOTIFY),
    # Advice stays with a mapping, and what may be freed later is gone in a later call. Those who
    # give advice of the kinds that are refused do without where the kernel does not know them.
    "madvise": Rule(
        (
            Case((one_of(2, _WILL_NEED, _DROP, _COLD, _PAGE_OUT, _READ_IN, _WRITE_IN),), ALLOW),
            Case((one_of(2, _LATER_FREE, _HUGE, _GUARD, _NO_GUARD),), _UNKNOWN),
        ),
        NOTIFY,
    ),
    # A file without a name leaves its folder as it was, but is counted.
    "open": _refuse_if(bits_set(1, _O_WITHOUT_NAME), action=NOTIFY),
    "openat": _refuse_if(bits_set(2, _O_WITHOUT_NAME), action=NOTIFY),
    # A copy of one of the four reaches the same open file under another number.
    **{name: _refuse_if(_OWN_FOUR, action=NOTIFY) for name in ("dup", "dup2", "shutdown")},
    "dup3": Rule(
        (
            Case((_OWN_FOUR,), NOTIFY),
            Case((_INTO_OWN_FOUR, one_of(2, _O_CLOEXEC)), NOTIFY),
        ),
        ALLOW,
    ),
    "close_range": _told_of(
        _OTHER_RULES["close_range"], Case((one_of(2, _CLOSE_RANGE_CLOEXEC), _OWN_FOUR), NOTIFY)
    ),
    "setsockopt": _told_of(_SOCKET_RULES["setsockopt"], Case((_OWN_FOUR,), NOTIFY)),
    "ioctl": _told_of(
        _OTHER_RULES["ioctl"],
        Case((_OWN_FOUR, one_of(1, _FIONBIO, _FIONCLEX, _FIOCLEX)), NOTIFY),
    ),
    "fcntl": _told_of(
        _OTHER_RULES["fcntl"],
        Case((_OWN_FOUR, one_of(1, _F_GETFD, _F_GETFL)), ALLOW),
        Case((_OWN_FOUR, _FCNTL), NOTIFY),
    ),
}

# What namespaces make harmless: limits and processor clocks of processes of the same user, and room
# on a disk that is taken faster than it can be measured.
_OTHERS_CLOCK = bits_set(0, 1 << 31)
_WITHOUT_NAMESPACES = {
    "prlimit64": _allow_if(one_of(0, 0), otherwise=_FORBIDDEN),
    **{
        name: _refuse_if(_OTHERS_CLOCK, action=_UNKNOWN)
        for name in ("clock_getres", "clock_gettime", "clock_nanosleep")
    },
    **{name: Rule((), _UNSUPPORTED) for name in ("copy_file_range", "fallocate")},
}


def _program(
    table: ModuleType, rules: dict[str, Rule], verdicts: list, otherwise: int
) -> FilterProgram:
    numbers: dict[str, int] = table.NUMBERS
    return FilterProgram(
        assemble(
            architecture=table.AUDIT_ARCHITECTURE,
            numbers=numbers,
            rules={name: rule for name, rule in rules.items() if name in numbers},
            verdicts=[
                ([name for name in names if name in numbers and name not in rules], action)
                for names, action in verdicts
            ],
            otherwise=otherwise,
            first_unknown=call_names.FIRST_UNKNOWN,
            unknown=_NOT_THERE,
        )
    )


def launcher_filter(
    supervised: bool, landlock: bool = False, table: ModuleType = processor.CURRENT
) -> FilterProgram:
    """supervised: connect() is decided by whoever holds the listener; refused otherwise."""
    copies = (_NEW_COPY,) if landlock else (_NEW_CALL_PROCESS, _NEW_COPY)
    prctl = (*_PRCTL, _DIE_WITH_PARENT) if landlock else _PRCTL
    own = call_names.LANDLOCK_LAUNCHER_ONLY if landlock else call_names.LAUNCHER_ONLY
    rules = {
        "connect": Rule((), NOTIFY if supervised else _DENIED),
        "clone": Rule((_NEW_THREAD, *copies), _FORBIDDEN),
        "prctl": Rule(prctl, _FORBIDDEN),
        "userfaultfd": _allow_if(
            one_of(0, _O_CLOEXEC | _UFFD_USER_MODE_ONLY), otherwise=_FORBIDDEN
        ),
        **_SOCKET_RULES,
        **_OTHER_RULES,
    }
    if supervised:
        rules.update(_TOLD_OF)
    return _program(table, rules, [(call_names.PLAIN, ALLOW), (own, ALLOW)], _FORBIDDEN)


def call_filter(landlock: bool = False, table: ModuleType = processor.CURRENT) -> FilterProgram:
    """To be stacked on the launcher's filter; by itself it contains nothing."""
    rules = {"clone": Rule((_NEW_THREAD,), _FORBIDDEN)}
    refused = call_names.LAUNCHER_ONLY
    if landlock:
        rules.update(_WITHOUT_NAMESPACES)
        refused = call_names.LANDLOCK_LAUNCHER_ONLY + call_names.BEYOND_LANDLOCK
    return _program(table, rules, [(refused, _FORBIDDEN)], ALLOW)
