"""The life of a call process: enter the box, wait for a connection, run one call, end.

It never returns to the launcher's code and never runs handlers registered for a normal exit.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import NamedTuple, NoReturn

from . import enter_box, frames, measure, output, runner
from .syscalls import FilterProgram

# Exit codes before the builder's code runs; the launcher passes them on.
CLOSED_UNUSED = 0
BOX_FAILED = 71


class Settings(NamedTuple):
    """Everything that a call process needs to know. Sizes in bytes."""

    user: int
    group: int
    max_log: int
    max_result: int
    max_result_frame: int
    packages: tuple[str, ...]


def live(
    inherited: tuple[int, int, int, int], only_threads: FilterProgram, settings: Settings
) -> NoReturn:
    """inherited: the three standard streams, and the socket that brings the connection."""
    code = BOX_FAILED
    try:
        enter_box.enter(settings.user, settings.group, inherited, only_threads)
        connection = frames.Connection(enter_box.CONNECTION)
        log = output.Output(connection, settings.max_log)
        _be_ready(log, settings)
        if not _receive_connection():
            os._exit(CLOSED_UNUSED)
        code = 1
        _serve(connection, log, settings)
        code = 0
    except BaseException as error:
        os.write(2, f"call process: {type(error).__name__}: {error}\n".encode()[:2000])
    finally:
        os._exit(code)


def _receive_connection() -> bool:
    """Puts the connection in the place of the socket that it came through."""
    control = socket.socket(fileno=enter_box.CONNECTION)
    _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    control.detach()
    if not descriptors:
        return False
    os.dup2(descriptors[0], enter_box.CONNECTION)
    os.close(descriptors[0])
    return True


def _be_ready(log: output.Output, settings: Settings) -> None:
    """Everything that does not need the call. The connection is still the control socket."""
    runner.rehearse()
    output.capture(log)
    sys.argv = [""]
    sys.path[:] = [path for path in sys.path if not path.startswith("/tmp/.launcher")]
    sys.path.extend(settings.packages)
    gc.enable()


def _serve(connection: frames.Connection, log: output.Output, settings: Settings) -> None:
    connection.send(frames.READY)
    kind, fields = connection.receive()
    measure.begin()
    if kind == frames.CHECK:
        runner.check(fields[0], log)
    else:
        call = runner.Call.of(fields)
        runner.run(call, log, settings.max_result, settings.max_result_frame)
