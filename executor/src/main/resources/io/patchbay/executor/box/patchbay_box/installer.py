"""Runs pip in a box of its own: requirements or a lock in, a lock and the installed files out.

Two processes, as for calls: one that is trusted, takes the job, makes the other and waits for it;
and one that holds nothing but a /tmp and the way out for frames, in which pip handles what the
index and the packages' authors send. Everything that it writes stays in that /tmp, whose size the
kernel limits, and leaves it as frames, which the executor takes for hostile input.

Standard output: lines (PIP, INDEX, SUPERVISED, PROCESS), then frames: a type (1 byte), a length
(4 bytes, big-endian), and the payload.
"""

from __future__ import annotations

import compileall
import fcntl
import glob
import hashlib
import io
import json
import os
import py_compile
import re
import resource
import shutil
import struct
import sys
from array import array
from typing import Any, NoReturn

from . import call_process, enter_box, launcher, pip, reasons, syscalls
from .namespaces import Namespaces

LOG, LOCK, FILE, DATA, DONE, ERROR = b"L", b"K", b"F", b"D", b"Z", b"E"

_STANDARD_IN, _STANDARD_OUT = 0, 1
_CHUNK = 64 * 1024
_LONGEST_LINE = 2000
_LINES_KEPT = 300
_LONGEST_LOG = 4 << 20
_FREE_DESCRIPTOR = 20
_WHEELS, _TARGET = "/tmp/wheels", "/tmp/set"
_WHEEL_NAME = re.compile(r"([^-]+)-([^-]+)(-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl")


def main(control_path: str) -> NoReturn:
    job: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    contained = Namespaces()
    control = launcher.listen(control_path)
    _load_pip(job)
    launcher.limit(job["memory"], job["tmp_bytes"], {resource.RLIMIT_CPU: job["seconds"]})
    syscalls.no_new_privileges()
    launcher.hand_over(launcher.filter_calls(contained), control)
    launcher.require_closed_box(contained)
    entrance = enter_box.Entrance(
        os.getuid(), os.getgid(), tmp_bytes=job["tmp_bytes"], tmp_inodes=job["tmp_files"]
    )
    os.dup2(os.open(os.devnull, os.O_RDWR), _STANDARD_IN)
    enter_box.first_to_die(contained.proc)
    lives, life = os.pipe()
    go, say_go = os.pipe()
    inherited = array("i", (_above(_STANDARD_OUT), _above(_STANDARD_IN), _above(life)))
    pid = entrance.clone()
    if pid == 0:
        os.read(go, 1)
        _live(entrance, inherited, job)
    if pid < 0:
        raise OSError("no process can be made for pip")
    for descriptor in (life, inherited[2]):
        os.close(descriptor)
    print(f"PROCESS {pid}", flush=True)  # before any frame, so that it is known whose they are
    os.write(say_go, b"g")
    os.read(lives, 1)  # until nobody holds the other end
    os._exit(0)


def _load_pip(job: dict[str, Any]) -> None:
    try:
        print("PIP " + pip.load(), flush=True)
    except (pip.NoPip, ImportError) as error:
        print(f"NOPIP {error}", flush=True)
        os._exit(1)
    if not job["index"]:
        job["index"], files = pip.default_index()
        print(f"INDEX {job['index']} {files}", flush=True)
    pip.prepare()


def _above(descriptor: int) -> int:
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD, _FREE_DESCRIPTOR)


def _live(entrance: enter_box.Entrance, inherited: array[int], job: dict[str, Any]) -> NoReturn:
    code = call_process.BOX_FAILED
    try:
        entrance.enter(inherited, packages="", folder="")
        code = 1
        _work(job)
        code = 0
    except Refused as refused:
        _send(ERROR, _text(str(refused)))
    except MemoryError:
        _send(ERROR, b"pip took more memory than an installation may have")
    except BaseException as error:
        _send(ERROR, _text(f"{type(error).__name__}: {error}"))
    finally:
        os._exit(code)


class Refused(Exception):
    """Why nothing was installed, in words for a builder."""


def _work(job: dict[str, Any]) -> None:
    told = _tell_lines()
    options, text = (["--no-deps", "--require-hashes"], job["lock"])
    if not text:
        options, text = ([], job["requirements"])
    _write("/tmp/requirements.txt", text)
    os.mkdir(_WHEELS)
    if pip.download("/tmp/requirements.txt", job["index"], options, _WHEELS) != 0:
        raise Refused(reasons.of(told.lines(), _read(_WHEELS + ".log")))
    lock = _lock()
    _send(LOCK, lock.encode())
    if lock:
        _write("/tmp/lock.txt", lock)
        if pip.install("/tmp/lock.txt", _WHEELS, _TARGET) != 0:
            raise Refused(reasons.of(told.lines(), ""))
        shutil.rmtree(_WHEELS)
        _compile(job["seen_at"])
        _send_files()
    _send(DONE, b"")


def _tell_lines() -> _Lines:
    """What pip prints becomes frames, line by line."""
    lines = _Lines()
    sys.stdout = sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(lines), "utf-8", "replace", line_buffering=True, write_through=True
    )
    return lines


class _Lines(io.RawIOBase):
    """Keeps the last lines, too, to find the reason of a failure in them."""

    def __init__(self) -> None:
        self._open = b""
        self._kept: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        *whole, self._open = (self._open + bytes(data)).split(b"\n")
        for line in whole:
            if line.strip():
                _send(LOG, line[:_LONGEST_LINE])
                self._kept.append(line[:_LONGEST_LINE].decode("utf-8", "replace"))
        del self._kept[:-_LINES_KEPT]
        self._open = self._open[:_LONGEST_LINE]
        return len(data)

    def lines(self) -> list[str]:
        return self._kept


def _lock() -> str:
    """One line for each wheel: what pip takes for the same again, and nothing else."""
    lines = []
    for path in glob.glob(_WHEELS + "/*"):
        name = _WHEEL_NAME.fullmatch(os.path.basename(path))
        if name is None:
            raise Refused(f"the index gave a file that is no wheel: {os.path.basename(path)}")
        project = re.sub(r"[-_.]+", "-", name[1]).lower()
        with open(path, "rb") as wheel:
            digest = hashlib.sha256()
            for chunk in iter(lambda: wheel.read(_CHUNK), b""):
                digest.update(chunk)
        lines.append(f"{project}=={name[2]} --hash=sha256:{digest.hexdigest()}\n")
    return "".join(sorted(lines))


def _compile(seen_at: str) -> None:
    """Calls cannot keep compiled files. These are never compared with their sources."""
    compileall.compile_dir(
        _TARGET,
        maxlevels=40,
        ddir=seen_at,
        force=True,
        quiet=2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def _send_files() -> None:
    for folder, folders, files in os.walk(_TARGET):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                _send(FILE, os.fsencode(os.path.relpath(path, _TARGET)))
                with open(path, "rb") as content:
                    for chunk in iter(lambda: content.read(_CHUNK), b""):
                        _send(DATA, chunk)


def _send(kind: bytes, payload: bytes) -> None:
    data = memoryview(kind + struct.pack(">I", len(payload)) + payload)
    while data:
        data = data[os.write(_STANDARD_OUT, data) :]


def _text(message: str) -> bytes:
    return message.encode("utf-8", "replace")[:_LONGEST_LINE]


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST_LOG)
    except OSError:
        return ""
