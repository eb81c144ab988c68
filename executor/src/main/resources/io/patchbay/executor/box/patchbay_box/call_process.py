"""The life of a call process: enter the box, wait for a connection, run what comes, end.

It never returns to the zygote's code and never runs handlers registered for a normal exit.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from array import array
from typing import NoReturn

from . import enter_box, runner
from .containment import Entrance
from .wish import Wish

# Exit codes before the builder's code runs; the launcher passes them on.
CLOSED_UNUSED = 0
BOX_FAILED = 71

# Told to the launcher: what ends from here on was ended by the builder's code.
ENTERED = b"e"

_ONE_DESCRIPTOR = socket.CMSG_SPACE(array("i").itemsize)


def live(
    inherited: array[int],
    control: socket.socket,
    entrance: Entrance,
    session: runner.Session,
    wish: Wish,
) -> NoReturn:
    """inherited: standard out, standard error, and the socket that brings the connection."""
    code = BOX_FAILED
    try:
        packages = entrance.enter(inherited, wish.packages, wish.folder)
        _be_ready(packages)
        if not _receive_connection(control):
            os._exit(CLOSED_UNUSED)
        code = 1
        session.serve()
        code = 0
    except BaseException as error:
        os.write(2, f"call process: {type(error).__name__}: {error}\n".encode()[:2000])
    finally:
        os._exit(code)


def _be_ready(packages: str) -> None:
    if packages:
        sys.path.insert(0, packages)
    if "random" in sys.modules:  # else all copies would draw the same numbers
        sys.modules["random"].seed()
    gc.enable()


def _receive_connection(control: socket.socket) -> bool:
    """Puts the connection in the place of the socket that it came through."""
    control.send(ENTERED)
    _, ancillary, _, _ = control.recvmsg(1, _ONE_DESCRIPTOR)
    if not ancillary:
        return False
    descriptor = array("i", ancillary[0][2])[0]
    os.dup2(descriptor, enter_box.CONNECTION)
    os.close(descriptor)
    return True
