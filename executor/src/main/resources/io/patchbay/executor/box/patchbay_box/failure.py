"""Turns an exception of the builder's code into what the builder is told."""

from __future__ import annotations

import traceback
from types import TracebackType
from typing import NamedTuple, Optional

from . import frames

FILE_NAME = "handler.py"

_MAX_MESSAGE = 2000

# Where something was left out. The executor masks what a secret begins with before it.
CUT = "... (cut)"


class Failure(NamedTuple):
    """reason: a name of the executor's enum. line, column: 1-based, 0 where there is none."""

    reason: str
    message: str
    trace: str = ""
    line: int = 0
    column: int = 0

    def payload(self) -> bytes:
        return frames.fields(
            [
                self.reason.encode(),
                frames.text(self.message, _MAX_MESSAGE * 4),
                frames.text(_without_middle(self.trace), frames.MAX_ERROR_TEXT),
                str(self.line).encode(),
                str(self.column).encode(),
            ]
        )


def of_exception(error: BaseException) -> Failure:
    """For what the module's top level or main raised."""
    return Failure(
        reason=_reason(error),
        message=describe(error),
        trace=_builders_trace(error),
        line=_builders_line(error.__traceback__),
    )


def of_compilation(error: BaseException) -> Failure:
    if isinstance(error, SyntaxError):
        message = f"{type(error).__name__}: {error.msg}"
        trace = "".join(traceback.format_exception_only(type(error), error))
        line, column = error.lineno or 0, error.offset or 0
        return Failure("SYNTAX_ERROR", message, trace, max(line, 0), max(column, 0))
    if isinstance(error, (RecursionError, MemoryError)):
        return Failure("SYNTAX_ERROR", "The source is nested too deeply to be compiled")
    return Failure("SYNTAX_ERROR", describe(error))


def describe(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, SystemExit):
        given = _shortened(repr(error.code))
        return f"SystemExit: the code left with sys.exit({given}) instead of returning"
    try:
        text = _shortened(str(error))
    except Exception:
        text = "(its text could not be made)"
    return f"{name}: {text}" if text else name


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - len(CUT)] + CUT


def _without_middle(trace: str) -> str:
    """Ends with whole lines: the last ones say what was raised, and no half secret is left."""
    data = trace.encode("utf-8", "backslashreplace")
    if len(data) <= frames.MAX_ERROR_TEXT:
        return trace
    half = frames.MAX_ERROR_TEXT // 2 - len(CUT) - 1
    head = data[:half].decode("utf-8", "ignore")
    _, _, tail = data[-half:].decode("utf-8", "ignore").partition("\n")
    return f"{head}{CUT}\n{tail}"


def _reason(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "OUT_OF_MEMORY"
    if isinstance(error, ImportError):
        return "IMPORT_ERROR"
    return "EXCEPTION"


def _builders_line(trace: Optional[TracebackType]) -> int:
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE_NAME:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _builders_trace(error: BaseException) -> str:
    try:
        trace = traceback.TracebackException(type(error), error, error.__traceback__)
        _keep_builders_frames(trace, set())
        return "".join(trace.format())
    except Exception:
        return ""


def _keep_builders_frames(trace: traceback.TracebackException, seen: set[int]) -> None:
    if id(trace) in seen:
        return
    seen.add(id(trace))
    kept = [frame for frame in trace.stack if frame.filename == FILE_NAME]
    trace.stack = traceback.StackSummary.from_list(kept)
    chained = [trace.__cause__, trace.__context__, *(getattr(trace, "exceptions", None) or [])]
    for other in chained:
        if other is not None:
            _keep_builders_frames(other, seen)
