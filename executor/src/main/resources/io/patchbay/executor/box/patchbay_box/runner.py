"""Runs the builder's module and its main(event, context), once, and answers with the outcome."""

from __future__ import annotations

import json
import linecache
import resource
import sys
import time
import traceback
import types
from typing import Any, NamedTuple, Union

from . import frames
from .failure import FILE_NAME, Failure, describe, of_compilation, of_exception
from .output import Output

# Address space beside what the code may use: the interpreter, two malloc arenas, thread stacks.
_ROOM_BYTES = 192 << 20
# Freed when memory has run out, so that saying so still works. Untouched, it costs no memory.
_RESERVE_BYTES = 8 << 20


class Call(NamedTuple):
    invocation_id: str
    function_name: str
    remaining_millis: int
    memory_bytes: int
    source: bytes
    event: bytes

    @staticmethod
    def of(fields: list[bytes]) -> Call:
        invocation_id, function_name, remaining, memory, source, event = fields
        return Call(
            invocation_id.decode(),
            function_name.decode(),
            int(remaining),
            int(memory),
            source,
            event,
        )


class Context:
    """The second argument of main, with the attributes of a hosted function's context."""

    function_version = "$LATEST"

    def __init__(self, call: Call) -> None:
        self.aws_request_id = call.invocation_id
        self.function_name = call.function_name
        self.memory_limit_in_mb = call.memory_bytes >> 20
        self._ends_at = time.monotonic() + call.remaining_millis / 1000

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._ends_at - time.monotonic()) * 1000))


def run(call: Call, output: Output, max_result: int, max_result_frame: int) -> None:
    reserve = bytes(_RESERVE_BYTES)  # from calloc, so not touched
    limit_memory(call.memory_bytes)
    try:
        answer = _answer(call)
        if isinstance(answer, Failure):
            outcome: Union[bytes, Failure] = answer
        else:
            outcome = _to_json(answer.value, max_result, max_result_frame)
    except BaseException as error:
        if isinstance(error, MemoryError):
            traceback.clear_frames(error.__traceback__)
        del reserve
        outcome = of_exception(error)
    if isinstance(outcome, Failure):
        output.finish(frames.ERROR, outcome.payload())
    else:
        output.finish(frames.RESULT, outcome)


def check(source: bytes, output: Output) -> None:
    code = _compiled(source)
    if isinstance(code, Failure):
        output.finish(frames.ERROR, code.payload())
    else:
        output.finish(frames.RESULT, b"null")


def rehearse() -> None:
    """Runs a call that leaves nothing, so that a parked process has touched what it will need.

    The first touch of each page that is shared with the launcher copies it, which is most of what
    a call would otherwise wait for.
    """
    source = b"import json\ndef main(event, context):\n    return {'body': event['body']}\n"
    answer = _answer(Call("", "", 0, 0, source, b'{"body":"{}"}'))
    if isinstance(answer, _Returned):
        _to_json(answer.value, len(source), len(source))
    del sys.modules["handler"]
    linecache.clearcache()


def limit_memory(memory_bytes: int) -> None:
    """Lowers the launcher's limit to the call's; a builder's code cannot raise it again."""
    ceiling = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = memory_bytes + _ROOM_BYTES
    if ceiling != resource.RLIM_INFINITY:
        limit = min(limit, ceiling)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


class _Returned(NamedTuple):
    value: Any


def _answer(call: Call) -> Union[_Returned, Failure]:
    code = _compiled(call.source)
    if isinstance(code, Failure):
        return code
    module = types.ModuleType("handler")
    module.__file__ = FILE_NAME
    sys.modules["handler"] = module
    exec(code, module.__dict__)
    main = getattr(module, "main", None)
    if main is None:
        return Failure("EXCEPTION", "The code defines no main(event, context)")
    if not callable(main):
        kind = type(main).__name__
        return Failure("EXCEPTION", f"main is not a function but of type {kind}")
    return _Returned(main(json.loads(call.event), Context(call)))


def _compiled(source: bytes) -> Union[types.CodeType, Failure]:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return Failure("SYNTAX_ERROR", "The source is not UTF-8 text", line=line)
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        return Failure("SYNTAX_ERROR", "The source holds a NUL character", line=line)
    lines = text.splitlines(keepends=True)
    linecache.cache[FILE_NAME] = (len(text), None, lines, FILE_NAME)
    try:
        return compile(text, FILE_NAME, "exec", dont_inherit=True)
    except Exception as error:
        return of_compilation(error)


def _to_json(value: Any, max_result: int, max_result_frame: int) -> Union[bytes, Failure]:
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        encoded = text.encode("utf-8")
    except MemoryError:
        raise
    except RecursionError:
        return Failure("BAD_RESULT", "What main returned is nested too deeply or holds itself")
    except UnicodeEncodeError:
        return Failure("BAD_RESULT", "What main returned holds half of a surrogate pair")
    except Exception as error:
        return Failure("BAD_RESULT", f"What main returned is not JSON: {describe(error)}")
    body = value.get("body") if isinstance(value, dict) else None
    if isinstance(body, str):
        size, limit = len(body.encode("utf-8")), max_result
    else:
        size, limit = len(encoded), max_result
    if size > limit or len(encoded) > max_result_frame:
        size = max(size, len(encoded))
        return Failure("RESULT_TOO_LARGE", f"main returned {size} bytes; {max_result} are allowed")
    return encoded
