"""The system call numbers of the processor that this runs on."""

from __future__ import annotations

import os
from types import ModuleType

from . import aarch64, x86_64

TABLES = {"x86_64": x86_64, "aarch64": aarch64}


def table() -> ModuleType:
    """Fails closed: on a processor without a table nothing runs."""
    machine = os.uname().machine
    if machine not in TABLES:
        raise RuntimeError(f"no system call table for {machine}, only for {', '.join(TABLES)}")
    return TABLES[machine]


CURRENT = table()
