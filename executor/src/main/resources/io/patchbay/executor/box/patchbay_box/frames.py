"""Frames to the executor; docs/explanation/frame-protocol.md is the specification."""

from __future__ import annotations

import os
import struct
import threading
from typing import Iterable

CALL = 0x01
CHECK = 0x02
LOAD = 0x04
GO = 0x05
LOADED = 0x10
LOG = 0x11
STDOUT = 0x12
STDERR = 0x13
RAW = 0x14
PROCESS = 0x15
RESULT = 0x16
ERROR = 0x17
ENDED = 0x18
BYTECODE = 0x19
MEASURE = 0x1A
HELD = 0x1B

# Bytes of payload; the reader enforces them, the writers below stay under them.
MAX_CHUNK = 64 * 1024
MAX_ERROR_TEXT = 48 * 1024
MAX_BYTECODE = 1024 * 1024

_HEADER = struct.Struct(">BI")
_LENGTH = struct.Struct(">I")
_RAW = struct.Struct(">BQ")
_ENDED = struct.Struct(">BBB")
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


def ended_payload(entered: bool, by_signal: bool, code: int) -> bytes:
    return _ENDED.pack(entered, by_signal, code & 0xFF)


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
        self._received = b""
        self._held_back = b""

    def send(self, kind: int, payload: bytes = b"") -> None:
        header = _HEADER.pack(kind, len(payload))
        with self._lock:
            data = memoryview(b"".join((self._held_back, header, payload)))
            self._held_back = b""
            while data:
                data = data[os.write(self._descriptor, data) :]

    def send_with_next(self, kind: int, payload: bytes) -> None:
        """Waits for the next frame, since each write wakes the executor up."""
        with self._lock:
            self._held_back += frame(kind, payload)

    def receive(self) -> tuple[int, list[bytes]]:
        """The next frame of the executor, as its type and fields. EOFError at the end."""
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
        if len(self._received) < count:
            self._fill(count)
        data, self._received = self._received[:count], self._received[count:]
        return data

    def _fill(self, count: int) -> None:
        chunks = [self._received]
        missing = count - len(self._received)
        while missing > 0:
            chunk = os.read(self._descriptor, max(MAX_CHUNK, min(missing, 1 << 20)))
            if not chunk:
                raise EOFError("the executor hung up")
            chunks.append(chunk)
            missing -= len(chunk)
        self._received = b"".join(chunks)
