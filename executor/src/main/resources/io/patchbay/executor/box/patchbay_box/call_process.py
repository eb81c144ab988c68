"""The life of a call process: enter the box, wait for a connection, run one call, end.

It never returns to the launcher's code and never runs handlers registered for a normal exit.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from dataclasses import dataclass
from typing import NoReturn

from . import enter_box, frames, network, output, runner
from .syscalls import FilterProgram

# Exit codes before the builder's code runs; the launcher passes them on.
CLOSED_UNUSED = 0
BOX_FAILED = 71


@dataclass(frozen=True)
class Settings:
    """Everything that a call process needs to know. Sizes in bytes."""

    user: int
    group: int
    max_log: int
    max_result: int
    max_result_frame: int
    packages: tuple[str, ...]


def live(inherited: tuple[int, int, int], only_threads: FilterProgram, settings: Settings) -> NoReturn:
    """inherited: standard output, standard error, and the socket that brings the connection."""
    code = BOX_FAILED
    try:
        enter_box.enter(settings.user, settings.group, inherited, only_threads)
        if not _receive_connection():
            os._exit(CLOSED_UNUSED)
        code = 1
        _serve(frames.Connection(enter_box.CONNECTION), settings)
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


def _serve(connection: frames.Connection, settings: Settings) -> None:
    connection.send(frames.READY)
    kind, fields = connection.receive()
    log = output.Output(connection, settings.max_log)
    output.capture(log)
    network.report_to(log.connect_attempt)
    _look_like_a_fresh_interpreter(settings)
    if kind == frames.CHECK:
        runner.check(fields[0], log)
    else:
        call = runner.Call.of(fields)
        runner.run(call, log, settings.max_result, settings.max_result_frame)


def _look_like_a_fresh_interpreter(settings: Settings) -> None:
    sys.argv = [""]
    sys.path[:] = [path for path in sys.path if not path.startswith("/tmp/.launcher")]
    sys.path.extend(settings.packages)
    gc.enable()
