"""Runs the builder's module once and its main(event, context) for each call that comes."""

from __future__ import annotations

import _thread
import json
import linecache
import marshal
import os
import resource
import sys
import time
import traceback
import types
from enum import IntEnum
from typing import Any, Callable, NamedTuple, Union

from . import enter_box, frames, measure, randomness
from .failure import FILE_NAME, Failure, describe, of_compilation, of_exception
from .output import Output

# Address space beside what the code may use: the interpreter, two malloc arenas, thread stacks.
_ROOM_BYTES = 192 << 20
# Freed when memory has run out, so that saying so still works. Untouched, it costs no memory.
_RESERVE_BYTES = 8 << 20


class After(IntEnum):
    """What becomes of a process after a call: it ends, it stays as it is, or it is put back."""

    END = 0
    KEEP = 1
    RESTORE = 2


class Load(NamedTuple):
    """The builder's code.

    after: what becomes of the process after a call. tell: whether to say that it is loaded.
    bytecode: what compiling the source gave before, or empty.
    """

    function_name: str
    memory_bytes: int
    after: After
    tell: bool
    source: bytes
    bytecode: bytes

    @staticmethod
    def of(fields: list[bytes]) -> Load:
        name, memory, after, tell, source, bytecode = fields
        return Load(
            name.decode(), int(memory), After(int(after)), tell == b"1", source, bytecode
        )


class Call(NamedTuple):
    invocation_id: str
    remaining_millis: int
    event: bytes

    @staticmethod
    def of(fields: list[bytes]) -> Call:
        invocation_id, remaining, event = fields
        return Call(invocation_id.decode(), int(remaining), event)


class Context:
    """The second argument of main, with the attributes of a hosted function's context."""

    function_version = "$LATEST"

    def __init__(self, load: Load, call: Call) -> None:
        self.aws_request_id = call.invocation_id
        self.function_name = load.function_name
        self.memory_limit_in_mb = load.memory_bytes >> 20
        self._ends_at = time.monotonic() + call.remaining_millis / 1000

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self._ends_at - time.monotonic()) * 1000))


Main = Callable[[Any, Context], Any]

# Beside the main one, before the builder's code could put something else there.
_count_threads = _thread._count


class Session:
    """What one process does over its connection. Sizes in bytes."""

    def __init__(
        self,
        connection: frames.Connection,
        output: Output,
        max_result: int,
        max_result_frame: int,
    ) -> None:
        self._connection = connection
        self._output = output
        self._max_result = max_result
        self._max_result_frame = max_result_frame

    def serve(self) -> None:
        """A CHECK, or a LOAD and the calls of it: one, or any number where it may be reused."""
        kind, fields = self._connection.receive()
        if kind == frames.CHECK:
            self._finish(_check(fields[0]))
            return
        load = Load.of(fields)
        if load.after is After.RESTORE:
            self._be_held()
        os.closerange(enter_box.TRACKER, enter_box.MEMORY + 1)
        measure.begin()
        reserve = [bytes(_RESERVE_BYTES)]  # from calloc, so not touched
        limit_memory(load.memory_bytes)
        main = _guarded(lambda: self._load(load, told=True), reserve)
        if isinstance(main, Failure):
            self._finish(main)
            return
        if load.tell:
            if _count_threads() > 0 and load.after is not After.RESTORE:
                self._finish(Failure("EXCEPTION", "threads run already before the first call"))
                return
            self._output.finish(frames.LOADED, b"")
        waits = load.tell
        while True:
            call = Call.of(self._connection.receive()[1])
            if waits:
                measure.begin()  # what came before was not the call's
            self._finish(_guarded(lambda: self._answer(main, load, call), reserve))
            if load.after is After.END:
                return
            waits = True

    def _be_held(self) -> None:
        """The executor takes what it restores this process with, before any code could have it."""
        self._connection.send(frames.HELD)
        kind, _ = self._connection.receive()
        if kind != frames.GO:
            raise RuntimeError(f"a frame of type {kind} instead of GO")

    def rehearse(self, times: int) -> None:
        """Runs calls that leave nothing, so that the process has touched what it will need.

        The first touch of each page that is shared with the zygote copies it, which is most of
        what a call would otherwise wait for.
        """
        source = b"import json\ndef main(event, context):\n    return {'body': event['body']}\n"
        load = Load("", 0, After.END, False, source, b"")
        for _ in range(times):
            main = self._load(load, told=False)
            if not isinstance(main, Failure):
                self._answer(main, load, Call("", 0, b'{"body":"{}"}'))
            del sys.modules["handler"]
        linecache.clearcache()

    def _load(self, load: Load, told: bool) -> Union[Main, Failure]:
        """told: whether the executor is to hear what the source was compiled to."""
        if load.bytecode:
            code = marshal.loads(load.bytecode)
        else:
            code = _compiled(load.source)
            if isinstance(code, Failure):
                return code
            if told:
                self._tell_bytecode(code)
        # Decoded only if a traceback asks for a line.
        linecache.cache[FILE_NAME] = (lambda: load.source.decode("utf-8-sig"),)
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
        return main

    def _tell_bytecode(self, code: types.CodeType) -> None:
        """Before any of it has run, so that nobody but the compiler has had a hand in it.

        And always: where the executor waits for it, nobody else may take its place.
        """
        bytecode = marshal.dumps(code)
        kept = bytecode if len(bytecode) <= frames.MAX_BYTECODE else b""
        self._connection.send(frames.BYTECODE, kept)

    def _answer(self, main: Main, load: Load, call: Call) -> Union[bytes, Failure]:
        if load.after is After.RESTORE:
            randomness.renew()
        value = main(json.loads(call.event), Context(load, call))
        return _to_json(value, self._max_result, self._max_result_frame)

    def _finish(self, outcome: Union[bytes, Failure]) -> None:
        if isinstance(outcome, Failure):
            self._output.finish(frames.ERROR, outcome.payload())
        else:
            self._output.finish(frames.RESULT, outcome)


def _guarded(step: Callable[[], Any], reserve: list[bytes]) -> Any:
    """What the step gave, or the Failure that tells what it raised."""
    try:
        return step()
    except BaseException as error:
        if isinstance(error, MemoryError):
            traceback.clear_frames(error.__traceback__)
        reserve.clear()
        return of_exception(error)


def limit_memory(memory_bytes: int) -> None:
    """Lowers the launcher's limit to the call's; a builder's code cannot raise it again."""
    ceiling = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = memory_bytes + _ROOM_BYTES
    if ceiling != resource.RLIM_INFINITY:
        limit = min(limit, ceiling)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _check(source: bytes) -> Union[bytes, Failure]:
    code = _compiled(source)
    return code if isinstance(code, Failure) else b"null"


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
