"""Frames to the executor; docs/explanation/frame-protocol.md is the specification."""

from __future__ import annotations

import os
import struct
import threading
from typing import Iterable

CALL = 0x01
CHECK = 0x02
READY = 0x10
LOG = 0x11
STDOUT = 0x12
STDERR = 0x13
RAW = 0x14
PROCESS = 0x15
RESULT = 0x16
ERROR = 0x17
ENDED = 0x18
MEASURE = 0x19

# Bytes of payload; the reader enforces them, the writers below stay under them.
MAX_CHUNK = 64 * 1024
MAX_ERROR_TEXT = 48 * 1024

_HEADER = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
_RAW = struct.Struct(">BQ")
_ENDED = struct.Struct(">BB")
_MEASURE = struct.Struct(">QQ")
_PROCESS = struct.Struct(">I")


def frame(kind: int, payload: bytes = b"") -> bytes:
    return _HEADER.pack(kind, len(payload)) + payload


def fields(values: Iterable[bytes]) -> bytes:
    return b"".join(_LENGTH.pack(len(value)) + value for value in values)


def raw_payload(descriptor: int, offset: int, data: bytes) -> bytes:
    return _RAW.pack(descriptor, offset) + data


def process_payload(pid: int) -> bytes:
    return _PROCESS.pack(pid)


def ended_payload(by_signal: bool, code: int) -> bytes:
    return _ENDED.pack(1 if by_signal else 0, code & 0xFF)


def measure_payload(cpu_micros: int, peak_bytes: int) -> bytes:
    return _MEASURE.pack(cpu_micros, peak_bytes)


def text(value: str, limit: int) -> bytes:
    """UTF-8 of at most `limit` bytes; what cannot be encoded is escaped, what is over is cut."""
    encoded = value[:limit].encode("utf-8", "backslashreplace")
    if len(encoded) <= limit:
        return encoded
    return encoded[:limit].decode("utf-8", "ignore").encode("utf-8")


class Connection:
    """The call process's end. Frames of several threads never mix."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.RLock()

    def send(self, kind: int, payload: bytes = b"", before: bytes = b"") -> None:
        """before: a whole frame that leaves in the same write."""
        header = _HEADER.pack(kind, len(payload))
        data = memoryview(b"".join((before, header, payload)))
        with self._lock:
            while data:
                data = data[os.write(self._descriptor, data) :]

    def receive(self) -> tuple[int, list[bytes]]:
        """The one frame that the executor sends, as its type and fields. EOFError if it is cut."""
        kind, length = _HEADER.unpack(self._read(_HEADER.size))
        payload = self._read(length)
        values = []
        position = 0
        while position < length:
            (size,) = _LENGTH.unpack_from(payload, position)
            position += _LENGTH.size
            values.append(payload[position : position + size])
            position += size
        return kind, values

    def _read(self, count: int) -> bytes:
        chunks = []
        while count:
            chunk = os.read(self._descriptor, min(count, 1 << 20))
            if not chunk:
                raise EOFError("the executor hung up")
            chunks.append(chunk)
            count -= len(chunk)
        return b"".join(chunks)
