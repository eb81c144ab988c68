"""The launcher: one trusted process that orders, fills, watches and buries call processes.

It runs as an ordinary user inside bubblewrap, never reads what a call process wrote, and never
runs a builder's code. It has zygotes make call processes, each for a connection that asks for one.
It does not copy itself, so its own memory stays its own.
"""

from __future__ import annotations

import json
import os
import resource
import select
import socket
import sys
from typing import Any

from . import containment, enter_box, order, syscalls, zygote
from .containment import Containment
from .dispatcher import Dispatcher, Zygote

_HAND_OVER_SECONDS = 10


def main(argument: str) -> None:
    settings: dict[str, Any] = json.loads(argument)
    contained = containment.of(settings)
    listener = listen(settings["socket"])
    control = listen(settings["control"])
    limit(settings["max_address_space"], enter_box.TMP_BYTES, contained.limits())
    syscalls.only_small_pages()
    syscalls.no_new_privileges()
    contained.close_launcher()
    hand_over(filter_calls(contained), control)
    require_closed_box(contained)
    zygotes = _start_zygotes(contained, settings)
    dispatcher = Dispatcher(listener, zygotes, contained)
    print(f"READY {sys.version.split()[0]}", flush=True)
    dispatcher.serve()
    dispatcher.end()
    os._exit(0)


def listen(path: str) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(1024)
    listener.setblocking(False)
    return listener


def limit(address_space: int, file_bytes: int, others: dict[int, int]) -> None:
    """Inherited by every process in the box; none of these can be raised again."""
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_NOFILE: enter_box.LAUNCHER_DESCRIPTORS,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
        resource.RLIMIT_SIGPENDING: 1024,
        **others,
    }
    for kind, value in limits.items():
        hard = resource.getrlimit(kind)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))


def filter_calls(contained: Containment) -> int:
    """Loads the filter; the descriptor that decides connections, -1 if all are refused."""
    try:
        return contained.launcher_filter(supervised=True).load_with_listener()
    except OSError as error:
        print(f"UNSUPERVISED {error}", flush=True)
        contained.launcher_filter(supervised=False).load()
        return -1


def hand_over(supervision: int, control: socket.socket) -> None:
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


def require_closed_box(contained: Containment) -> None:
    """Fails closed: the kernel's own words on this process, not what was asked for."""
    with open(contained.proc + "/self/status", encoding="utf-8") as status:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
    wanted = {"NoNewPrivs": "1", "Seccomp": "2", "CapEff": "0" * 16, "CapPrm": "0" * 16}
    for key, value in wanted.items():
        if lines.get(key) != value:
            raise RuntimeError(f"the box is not closed: {key} is {lines.get(key)}, not {value}")
    if os.getuid() == 0:
        raise RuntimeError("the box is not closed: it runs as root")


def _start_zygotes(contained: Containment, settings: dict[str, Any]) -> dict[int, Zygote]:
    """By preload. None waits for what another imports."""
    zygote_settings = zygote.Settings(
        contained=contained,
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
    except ConnectionError:  # the launcher has ended
        pass
    except BaseException as error:
        os.write(2, f"zygote: {type(error).__name__}: {error}\n".encode()[:2000])
    finally:
        os._exit(1)
