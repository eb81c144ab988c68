"""Assembles seccomp filters: a table of rules in, classic BPF out.

A rule is a list of cases for one system call, tried in order; a case holds when all its tests do.
A test looks at one argument. Arguments are compared by their low 32 bits, because the kernel
itself reads the tested ones as 32-bit numbers; only `is_null` looks at all 64.
"""

from __future__ import annotations

import struct
from typing import Iterable, Mapping, NamedTuple, Sequence

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
# Waits for the answer of whoever holds the filter's listener.
NOTIFY = 0x7FC00000


def refuse(errno: int) -> int:
    return 0x00050000 | errno


class Test(NamedTuple):
    """(argument & mask) is one of values."""

    argument: int
    values: tuple[int, ...]
    mask: int = 0xFFFFFFFF
    whole: bool = False


def one_of(argument: int, *values: int) -> Test:
    return Test(argument, values)


def no_bit(argument: int, bits: int) -> Test:
    return Test(argument, (0,), bits)


def bits_set(argument: int, bits: int) -> Test:
    return Test(argument, (bits,), bits)


def is_null(argument: int) -> Test:
    return Test(argument, (0,), whole=True)


class Case(NamedTuple):
    tests: tuple[Test, ...]
    action: int


class Rule(NamedTuple):
    cases: tuple[Case, ...]
    otherwise: int


# struct seccomp_data: int nr; u32 arch; u64 instruction_pointer; u64 args[6]
_OFFSET_NUMBER, _OFFSET_ARCHITECTURE, _OFFSET_ARGUMENTS = 0, 4, 16
_LOAD, _AND, _RETURN, _JUMP = 0x20, 0x54, 0x06, 0x05
_JUMP_EQUAL, _JUMP_AT_LEAST = 0x15, 0x35


def _instruction(code: int, constant: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, constant)


def _length(code: bytes) -> int:
    return len(code) // 8


def _return(action: int) -> bytes:
    return _instruction(_RETURN, action)


def _unless_equal_skip(value: int, body: bytes) -> bytes:
    """Runs body if the accumulator is value. Two jumps, since a short one reaches 255 only."""
    return (
        _instruction(_JUMP_EQUAL, value, if_true=1)
        + _instruction(_JUMP, _length(body))
        + body
    )


def _test(test: Test, then: bytes) -> bytes:
    """Runs `then` if the test holds."""
    offset = _OFFSET_ARGUMENTS + 8 * test.argument
    if test.whole:
        low = _instruction(_LOAD, offset) + _unless_equal_skip(0, then)
        return _instruction(_LOAD, offset + 4) + _unless_equal_skip(0, low)
    code = _instruction(_LOAD, offset)
    if test.mask != 0xFFFFFFFF:
        code += _instruction(_AND, test.mask)
    for remaining in range(len(test.values), 0, -1):
        # Each hit jumps behind the other comparisons and the jump that leaves the test.
        code += _instruction(_JUMP_EQUAL, test.values[-remaining], if_true=remaining)
    return code + _instruction(_JUMP, _length(then)) + then


def _case(case: Case) -> bytes:
    code = _return(case.action)
    for test in reversed(case.tests):
        code = _test(test, code)
    return code


def _rule(number: int, rule: Rule) -> bytes:
    body = b"".join(_case(case) for case in rule.cases) + _return(rule.otherwise)
    return _unless_equal_skip(number, body)


def assemble(
    architecture: int,
    numbers: Mapping[str, int],
    rules: Mapping[str, Rule],
    verdicts: Iterable[tuple[Sequence[str], int]],
    otherwise: int,
    first_unknown: int,
    unknown: int,
) -> bytes:
    """The filter's instructions.

    rules: system calls that depend on their arguments. verdicts: names that always get one action.
    otherwise: all other numbers below first_unknown; unknown: first_unknown and above, which is
    also where x86_64 keeps the calls of its x32 sibling. A foreign architecture is killed.
    """
    code = _instruction(_LOAD, _OFFSET_ARCHITECTURE)
    code += _instruction(_JUMP_EQUAL, architecture, if_true=1) + _return(KILL_PROCESS)
    code += _instruction(_LOAD, _OFFSET_NUMBER)
    code += _instruction(_JUMP_AT_LEAST, first_unknown, if_false=1) + _return(unknown)
    for name, rule in rules.items():
        code += _rule(numbers[name], rule)
    for names, action in verdicts:
        for name in names:
            code += _instruction(_JUMP_EQUAL, numbers[name], if_false=1) + _return(action)
    return code + _return(otherwise)
