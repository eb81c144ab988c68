"""What the executor says first on a connection: which kind of process it wants.

Nothing else of a connection is ever read outside of the call process that gets it.
"""

from __future__ import annotations

import struct
from typing import NamedTuple, Optional

BARE = 0
WEB = 1
PRELOADS = (BARE, WEB)

# The frame's type and length, the preload (1 byte), the name of a package set or zeros.
_ORDER = struct.Struct(">BIB32s")
_TYPE = 0x03
SIZE = _ORDER.size


class Kind(NamedTuple):
    """preload: what was imported before. packages: the name of a package set; empty for none."""

    preload: int
    packages: str


def kind_of(data: bytes) -> Optional[Kind]:
    """None if it is not an order."""
    if len(data) != SIZE:
        return None
    frame_type, length, preload, packages = _ORDER.unpack(data)
    name = packages.rstrip(b"\0").decode("ascii", "replace")
    if frame_type != _TYPE or length != SIZE - 5 or preload not in PRELOADS:
        return None
    if name and not (len(name) == 32 and name.isalnum()):
        return None
    return Kind(preload, name)
