"""The filters of both processors, run instruction by instruction, decide alike."""

import itertools
import pathlib
import re
import unittest

import classic_bpf
import shipped  # noqa: F401 - makes patchbay_box importable

from patchbay_box import aarch64, call_names, seccomp, x86_64
from patchbay_box.assembler import ALLOW, KILL_PROCESS, NOTIFY, refuse

FORBIDDEN, DENIED, NOT_THERE, NOT_A_TERMINAL = map(refuse, (1, 13, 38, 25))
UNKNOWN, UNSUPPORTED, PRETENDED = map(refuse, (22, 95, 0))
TABLES = {"x86_64": x86_64, "aarch64": aarch64}

# What aarch64 never had: each is done there by a newer call that x86_64 has as well.
LEGACY = {
    "access": "faccessat",
    "alarm": "setitimer",
    "arch_prctl": None,
    "chmod": "fchmodat",
    "creat": "openat",
    "dup2": "dup3",
    "epoll_create": "epoll_create1",
    "epoll_wait": "epoll_pwait",
    "eventfd": "eventfd2",
    "getdents": "getdents64",
    "getpgrp": "getpgid",
    "link": "linkat",
    "lstat": "newfstatat",
    "mkdir": "mkdirat",
    "open": "openat",
    "pause": "ppoll",
    "pipe": "pipe2",
    "poll": "ppoll",
    "readlink": "readlinkat",
    "rename": "renameat",
    "rmdir": "unlinkat",
    "select": "pselect6",
    "stat": "newfstatat",
    "symlink": "symlinkat",
    "time": "gettimeofday",
    "unlink": "unlinkat",
    "utime": "utimensat",
    "utimes": "utimensat",
}

FILTERS = {
    f"{kind.__name__} {options}": lambda table, kind=kind, options=options: kind(
        table=table, **options
    ).instructions
    for kind, options in [
        (seccomp.launcher_filter, {"supervised": True}),
        (seccomp.launcher_filter, {"supervised": False}),
        (seccomp.launcher_filter, {"supervised": True, "landlock": True}),
        (seccomp.call_filter, {}),
        (seccomp.call_filter, {"landlock": True}),
    ]
}

# Values that some rule looks at, and their neighbours, for the first three arguments.
FIRST = (0, 1, 2, 3, 4, 10, 15, 16, 17, 38, 0x11, 0x10F00, 0x10500, 0x30010500, 0x1011, 0x9011)
FIRST += (0x28020011 | 0x1000 | 0x10000000, 0x7E021000, 0x53564D41, 1 << 32, 0x38021011, -1)
SECOND = (0, 1, 2, 5, 6, 7, 8, 9, 10, 15, 41, 1024, 1026, 1031, 0x5401, 0x5413, 0x5421, 0x80801, -1)
THIRD = (0, 1, 6, 25, 26, 30, 36, 62, 67, 262, 0x20000000)
FAST_OPEN_AND_ADDRESS = ((0, 0, 0, 0x20000000, 0), (0, 0, 0, 0, 1 << 32), (0, 0, 0, 0, 0))


# System calls that change what cannot be seen from outside: arguments that do not, and that do.
TOLD_OF = {
    "rt_sigaction": ([(2, 0, 1)], [(2, 1, 0), (2, 1 << 32, 0)]),
    "sigaltstack": ([(0, 1)], [(1, 0)]),
    "membarrier": ([(0, 0)], [(16, 0)]),
    "rseq": ([(1, 32, 0)], [(1, 32, 1)]),
    "alarm": ([], [(1,), (0,)]),
    "arch_prctl": ([], [(0x1002, 1)]),
    "setitimer": ([], [(0, 1, 0)]),
    "dup": ([(4,)], [(0,), (3,)]),
    "set_tid_address": ([], [(0,)]),
    "brk": ([(0,), (0x5000,)], [(0x5010,), (1,)]),
    "madvise": ([(0, 0, 4), (0, 0, 3)], [(0, 0, 0), (0, 0, 10)]),
    "open": ([(0, 0o2000102)], [(0, 0o20200002)]),
    "openat": ([(0, 0, 0o2000102)], [(0, 0, 0o20200002)]),
    "close_range": ([(0, -1, 0), (4, -1, 4)], [(0, 3, 4), (3, -1, 4)]),
    "dup2": ([(4, 9), (4, 1)], [(3, 9)]),
    "dup3": ([(4, 9, 0), (4, 1, 0)], [(3, 9, 0), (4, 1, 0o2000000)]),
    "shutdown": ([(4, 1)], [(3, 1)]),
    "setsockopt": ([(4, 1, 20)], [(3, 1, 20)]),
    "ioctl": ([(4, 0x5421), (3, 0x541B)], [(3, 0x5421), (0, 0x5451)]),
    "fcntl": ([(3, 1), (3, 3), (4, 4)], [(3, 4), (3, 0), (1, 1030)]),
}


def arguments():
    yield from itertools.product(FIRST, SECOND, THIRD)
    yield from FAST_OPEN_AND_ADDRESS


class Filters(unittest.TestCase):
    def verdict(self, program, table, name, values=()):
        number = table.NUMBERS[name]
        return classic_bpf.verdict(program, table.AUDIT_ARCHITECTURE, number, values)

    def test_each_name_has_the_same_verdict_on_both_processors(self):
        ruled = ("clone", "fcntl", "ioctl", "prctl", "prlimit64", "sendmsg", "sendmmsg", "sendto")
        ruled += ("setsockopt", "socket", "socketpair", "connect", "userfaultfd", *TOLD_OF)
        for title, assemble in FILTERS.items():
            programs = {name: assemble(table) for name, table in TABLES.items()}
            for name in aarch64.NUMBERS:
                some = arguments() if name in ruled else [(), (1, 1, 1, 1, 1, 1)]
                for values in some:
                    verdicts = {
                        processor: self.verdict(programs[processor], table, name, values)
                        for processor, table in TABLES.items()
                    }
                    self.assertEqual(1, len(set(verdicts.values())), (title, name, values, verdicts))

    def test_the_arguments_reach_every_verdict_of_every_rule(self):
        program = FILTERS["launcher_filter {'supervised': True}"](x86_64)
        seen = {
            name: {self.verdict(program, x86_64, name, values) for values in arguments()}
            for name in ("clone", "socket", "setsockopt", "prctl", "ioctl", "sendto", "connect")
        }
        self.assertEqual({ALLOW, FORBIDDEN}, seen["clone"])
        self.assertEqual({ALLOW, DENIED}, seen["socket"])
        self.assertEqual({ALLOW, FORBIDDEN, NOTIFY}, seen["setsockopt"])
        self.assertEqual({ALLOW, FORBIDDEN}, seen["prctl"])
        self.assertEqual({ALLOW, NOT_A_TERMINAL, NOTIFY}, seen["ioctl"])
        self.assertEqual({ALLOW, DENIED}, seen["sendto"])
        self.assertEqual({NOTIFY}, seen["connect"])

    def test_changes_that_nobody_sees_from_outside_are_told_of_and_looking_is_not(self):
        program = FILTERS["launcher_filter {'supervised': True}"](x86_64)
        for name, (looks, changes) in TOLD_OF.items():
            for values in looks:
                self.assertEqual(ALLOW, self.verdict(program, x86_64, name, values), (name, values))
            for values in changes:
                self.assertEqual(NOTIFY, self.verdict(program, x86_64, name, values), (name, values))

    def test_without_a_supervisor_nobody_is_told(self):
        program = FILTERS["launcher_filter {'supervised': False}"](x86_64)
        for name, (_, changes) in TOLD_OF.items():
            for values in changes:
                self.assertEqual(ALLOW, self.verdict(program, x86_64, name, values), (name, values))

    def test_numbers_without_a_name_are_refused_on_both(self):
        for title, assemble in FILTERS.items():
            otherwise = ALLOW if title.startswith("call") else FORBIDDEN
            for table in TABLES.values():
                program = assemble(table)
                named = set(table.NUMBERS.values())
                for number in set(range(call_names.FIRST_UNKNOWN)) - named:
                    self.assertEqual(
                        otherwise,
                        classic_bpf.verdict(program, table.AUDIT_ARCHITECTURE, number),
                        (title, number),
                    )
                for number in (call_names.FIRST_UNKNOWN, 600, 0x40000000, 0x40000039, -1):
                    answer = classic_bpf.verdict(program, table.AUDIT_ARCHITECTURE, number)
                    self.assertEqual(NOT_THERE, answer, (title, number))

    def test_calls_by_another_processors_door_are_deadly(self):
        for assemble in FILTERS.values():
            for processor, table in TABLES.items():
                others = {0x40000003, 0xC000003E, 0xC00000B7, 0x40000028} - {table.AUDIT_ARCHITECTURE}
                for other in others:
                    answer = classic_bpf.verdict(assemble(table), other, table.NUMBERS["read"])
                    self.assertEqual(KILL_PROCESS, answer, processor)

    def test_what_only_x86_64_has_is_listed_with_what_is_used_instead(self):
        self.assertEqual(set(LEGACY), set(x86_64.NUMBERS) - set(aarch64.NUMBERS))
        self.assertEqual(set(), set(aarch64.NUMBERS) - set(x86_64.NUMBERS))
        allowed = set(call_names.PLAIN)
        for old, new in LEGACY.items():
            if new is not None:
                self.assertEqual(old in allowed, new in allowed, old)
                self.assertIn(new, aarch64.NUMBERS)

    def test_every_name_that_is_used_has_a_number(self):
        used = {*call_names.PLAIN, *call_names.LAUNCHER_ONLY, *call_names.BEYOND_LANDLOCK}
        used.update(call_names.LANDLOCK_LAUNCHER_ONLY)
        self.assertEqual(set(), used - set(x86_64.NUMBERS))
        self.assertEqual(set(), used - set(aarch64.NUMBERS) - set(LEGACY))

    def test_a_thread_shares_its_descriptors_and_a_call_makes_nothing_else(self):
        vm, files, thread, new_user = 0x100, 0x400, 0x10000, 0x10000000
        for title in ("call_filter {}", "call_filter {'landlock': True}"):
            for table in TABLES.values():
                program = FILTERS[title](table)
                good = self.verdict(program, table, "clone", (vm | files | thread,))
                self.assertEqual(ALLOW, good)
                for flags in (17, vm, vm | thread, vm | files | thread | new_user, 0x1000 | 17):
                    bad = self.verdict(program, table, "clone", (flags,))
                    self.assertEqual(FORBIDDEN, bad, flags)

    def test_what_all_calls_share_is_neither_locked_nor_watched_nor_marked(self):
        commands = {ALLOW: (0, 1, 2, 3, 4, 5, 9, 11, 1030, 1032), PRETENDED: (6, 7)}
        others = set(range(2000)) - {n for some in commands.values() for n in some}
        commands[FORBIDDEN] = (*others, -1)
        for supervised, (processor, table) in itertools.product((True, False), TABLES.items()):
            program = seccomp.launcher_filter(supervised, table=table).instructions
            for verdict, some in commands.items():
                for command in some:
                    answer = self.verdict(program, table, "fcntl", (4, command))
                    self.assertEqual(verdict, answer, (processor, command))
                    if verdict != ALLOW:
                        answer = self.verdict(program, table, "fcntl", (3, command))
                        self.assertEqual(verdict, answer, (processor, command))
            for descriptor in (0, 3, 4):
                answer = self.verdict(program, table, "flock", (descriptor, 2))
                self.assertEqual(PRETENDED, answer)

    def test_without_namespaces_clocks_of_others_and_room_on_the_disk_are_refused(self):
        for table in TABLES.values():
            program = FILTERS["call_filter {'landlock': True}"](table)
            for name in ("clock_gettime", "clock_getres", "clock_nanosleep"):
                for clock in range(12):
                    self.assertEqual(ALLOW, self.verdict(program, table, name, (clock,)))
                for clock in (-1, -6, (~1 << 3) | 2, (~(1 << 22) << 3) | 6):
                    self.assertEqual(UNKNOWN, self.verdict(program, table, name, (clock,)))
            for name in ("fallocate", "copy_file_range"):
                self.assertEqual(UNSUPPORTED, self.verdict(program, table, name, (4, 0, 0, 1)))

    def test_no_jump_leaves_the_program_and_it_is_not_too_long(self):
        for assemble in FILTERS.values():
            for table in TABLES.values():
                self.assertLess(len(assemble(table)) // 8, 4096)


class Tables(unittest.TestCase):
    """Against the kernel's own headers, where they are installed."""

    def numbers(self, *paths):
        for path in map(pathlib.Path, paths):
            if path.exists():
                pattern = r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s"
                found = {name: int(n) for name, n in re.findall(pattern, path.read_text())}
                # Without a number of bits in its name since 64-bit processors have one only.
                return {**found, "newfstatat": found.get("newfstatat", found.get("fstatat"))}
        self.skipTest(f"the kernel's headers are not installed: {paths[0]}")

    def test_x86_64_is_what_the_kernel_says(self):
        says = self.numbers(
            "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", "/usr/include/asm/unistd_64.h"
        )
        for name, number in x86_64.NUMBERS.items():
            self.assertEqual(says[name], number, name)

    def test_aarch64_is_what_the_kernel_says(self):
        says = self.numbers("/usr/include/asm-generic/unistd.h")
        for name, number in aarch64.NUMBERS.items():
            self.assertEqual(says[name], number, name)


if __name__ == "__main__":
    unittest.main()
