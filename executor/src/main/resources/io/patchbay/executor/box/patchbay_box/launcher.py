"""The launcher: one trusted process that orders, fills, watches and buries call processes.

It runs as an ordinary user inside bubblewrap, never reads what a call process wrote, and never
runs a builder's code. It has zygotes make call processes, some of them ahead ("parked"): those are
boxed and wait for a connection. It does not copy itself, so its own memory stays its own.
"""

from __future__ import annotations

import json
import os
import resource
import select
import socket
import sys
from typing import Any

from . import enter_box, order, seccomp, syscalls, zygote
from .dispatcher import Dispatcher, Zygote

_HAND_OVER_SECONDS = 10


def main(argument: str) -> None:
    settings: dict[str, Any] = json.loads(argument)
    seccomp.require_known_architecture()
    listener = _listen(settings["socket"])
    control = _listen(settings["control"])
    _limit(settings["max_address_space"])
    syscalls.no_new_privileges()
    _hand_over(_filter_calls(), control)
    _require_closed_box()
    dispatcher = Dispatcher(listener, _start_zygotes(settings), settings["parked"])
    print(f"READY {sys.version.split()[0]}", flush=True)
    dispatcher.serve()
    os._exit(0)


def _listen(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def _limit(address_space: int) -> None:
    """Inherited by every call process; none of these can be raised again."""
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_NOFILE: enter_box.LAUNCHER_DESCRIPTORS,
        resource.RLIMIT_FSIZE: enter_box.TMP_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
        resource.RLIMIT_SIGPENDING: 1024,
    }
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))


def _filter_calls() -> int:
    """Loads the filter; the descriptor that decides connections, -1 if all are refused."""
    try:
        return seccomp.launcher_filter(supervised=True).load_with_listener()
    except OSError as error:
        print(f"UNSUPERVISED {error}", flush=True)
        seccomp.launcher_filter(supervised=False).load()
        return -1


def _hand_over(supervision: int, control: socket.socket) -> None:
    """The descriptor leaves this process before any other is made, and no copy stays.

    If nobody takes it, nobody holds it, and the kernel refuses every connection.
    """
    if supervision >= 0:
        print("SUPERVISED", flush=True)
        select.select([control], [], [], _HAND_OVER_SECONDS)
        try:
            supervisor, _ = control.accept()
            socket.send_fds(supervisor, [b"l"], [supervision])
            supervisor.close()
        except OSError as error:
            print(f"connections are not supervised: {error}", flush=True)
        os.close(supervision)
    control.close()


def _require_closed_box() -> None:
    """Fails closed: the kernel's own words on this process, not what was asked for."""
    with open(enter_box.LAUNCHER_PROC + "/self/status", encoding="utf-8") as status:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    wanted = {"NoNewPrivs": "1", "Seccomp": "2", "CapEff": "0" * 16, "CapPrm": "0" * 16}
    for key, value in wanted.items():
        if lines.get(key) != value:
            raise RuntimeError(f"the box is not closed: {key} is {lines.get(key)}, not {value}")
    if os.getuid() == 0:
        raise RuntimeError("the box is not closed: it runs as root")


def _start_zygotes(settings: dict[str, Any]) -> dict[int, Zygote]:
    """By preload. None waits for what another imports."""
    zygote_settings = zygote.Settings(
        user=os.getuid(),
        group=os.getgid(),
        max_log=settings["max_log"],
        max_result=settings["max_result"],
        max_result_frame=settings["max_result_frame"],
        packages=tuple(settings["packages"]),
    )
    zygotes = {}
    for preload in order.PRELOADS:
        ours, theirs = socket.socketpair()
        pid = syscalls.copy()
        if pid == 0:
            _become_zygote(preload, theirs, zygote_settings)
        theirs.close()
        zygotes[preload] = Zygote(pid, ours)
    return zygotes


def _become_zygote(preload: int, control: socket.socket, settings: zygote.Settings) -> None:
    try:
        zygote.live(preload, control.detach(), settings)
    except BaseException as error:
        os.write(2, f"zygote: {type(error).__name__}: {error}\n".encode()[:2000])
    finally:
        os._exit(1)
