"""What the builder's code logs, prints and writes to descriptors 1 and 2, as frames, in order.

Descriptors 1 and 2 are files in memory, not pipes: nobody has to read them while the code runs,
a writer never blocks, and the launcher can still read them when the process is dead. They are
drained before each frame, so that raw writes stay in order with printed and logged lines.
"""

from __future__ import annotations

import io
import logging
import os
import sys

from . import frames, measure

_OUTCOMES = (frames.RESULT, frames.ERROR)
_STREAMS = {1: frames.STDOUT, 2: frames.STDERR}


class Output:
    """Sends until twice `max_log` bytes have gone out, then drops: the executor has cut by then."""

    def __init__(self, connection: frames.Connection, max_log: int) -> None:
        self._connection = connection
        self._max_log = max_log
        self._budget = 2 * max_log
        self._drained = {1: 0, 2: 0}

    def log(self, level: str, logger: str, message: str) -> None:
        fields = [level.encode(), frames.text(logger, 256), frames.text(message, self._max_log)]
        self._drain()
        self._send(frames.LOG, frames.fields(fields))

    def printed(self, descriptor: int, data: memoryview) -> None:
        if self._budget <= 0:
            return
        self._drain()
        for start in range(0, len(data), frames.MAX_CHUNK):
            self._send(_STREAMS[descriptor], bytes(data[start : start + frames.MAX_CHUNK]))

    def finish(self, kind: int, payload: bytes) -> None:
        """Sends the outcome, after all that was written before it, and what the call has cost."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:  # the builder may have put anything there
                pass
        self._drain()
        cost = measure.payload() if kind in _OUTCOMES else None
        if cost is not None:
            self._connection.send_with_next(frames.MEASURE, cost)
        self._connection.send(kind, payload)
        self._budget = 2 * self._max_log  # for the next call, where there is one

    def _drain(self) -> None:
        for descriptor in (1, 2):
            try:
                self._drain_one(descriptor)
            except OSError:  # the builder's code closed or replaced it
                pass

    def _drain_one(self, descriptor: int) -> None:
        while self._budget > 0:
            offset = self._drained[descriptor]
            data = os.pread(descriptor, frames.MAX_CHUNK, offset)
            if not data:
                return
            self._drained[descriptor] = offset + len(data)
            self._send(frames.RAW, frames.raw_payload(descriptor, offset, data))

    def _send(self, kind: int, payload: bytes) -> None:
        if self._budget > 0:
            self._budget -= len(payload) + 5
            self._connection.send(kind, payload)


class _Printed(io.RawIOBase):
    def __init__(self, output: Output, descriptor: int) -> None:
        self._output = output
        self._descriptor = descriptor

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        self._output.printed(self._descriptor, view)
        return len(view)

    def fileno(self) -> int:
        return self._descriptor


class _LogHandler(logging.Handler):
    """Installed on the root logger, so that logging.basicConfig() leaves things as they are."""

    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = self.format(record)
        except Exception as problem:
            message = _unformatted(record, problem)
        self._output.log(_level(record.levelno), record.name, message)


def _unformatted(record: logging.LogRecord, problem: Exception) -> str:
    """Says where, since what the standard library prints instead shows the frames of this box."""
    return (
        f"{_shown(record.msg)} (this line of the log could not be made: "
        f"{type(problem).__name__}: {_shown(problem)}, line {record.lineno})"
    )


def _shown(value: object) -> str:
    try:
        return str(value)
    except Exception:
        return f"<{type(value).__name__}>"


def _level(number: int) -> str:
    for name in ("CRITICAL", "ERROR", "WARNING", "INFO"):
        if number >= getattr(logging, name):
            return name
    return "DEBUG"


def capture(output: Output) -> None:
    """From here on print, sys.stderr and logging at every level go to the output."""
    sys.stdout = sys.__stdout__ = _text_stream(_Printed(output, 1))
    sys.stderr = sys.__stderr__ = _text_stream(_Printed(output, 2))
    root = logging.getLogger()
    root.addHandler(_LogHandler(output))
    root.setLevel(logging.DEBUG)


def _text_stream(raw: io.RawIOBase) -> io.TextIOWrapper:
    buffered = io.BufferedWriter(raw)
    return io.TextIOWrapper(
        buffered, encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
