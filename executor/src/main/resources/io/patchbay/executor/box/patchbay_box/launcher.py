"""The launcher: one trusted process that makes, fills, watches and buries call processes.

It runs as an ordinary user inside bubblewrap, never reads what a call process wrote, and never
runs a builder's code. Call processes are made ahead ("parked"), already boxed, and wait for a
connection; one that was used is replaced when nothing else is to be done.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import resource
import select
import signal
import site
import socket
import sys
import time
from typing import Any

from . import call_process, enter_box, frames, measure, network, seccomp, syscalls

_STANDARD_IN = 0
_PARK_AGAIN_SECONDS = 0.5
_HAND_OVER_SECONDS = 10


class _CallProcess:
    """The launcher's side of a call process. connection: -1 as long as it is parked."""

    def __init__(
        self, pid: int, pidfd: int, outputs: tuple[int, int], control: socket.socket
    ) -> None:
        self.pid = pid
        self.pidfd = pidfd
        self.outputs = outputs
        self.control = control
        self.connection = -1
        self.cpu_before_call = 0


def main(argument: str) -> None:
    settings: dict[str, Any] = json.loads(argument)
    seccomp.require_known_architecture()
    listener = _listen(settings["socket"])
    control = _listen(settings["control"])
    _limit(settings["max_address_space"])
    _be_ready_to_be_copied()
    syscalls.no_new_privileges()
    _hand_over(_filter_calls(), control)
    _require_closed_box()
    launcher = Launcher(listener, settings)
    print(f"READY {sys.version.split()[0]}", flush=True)
    launcher.serve()
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


def _be_ready_to_be_copied() -> None:
    """All that call processes would otherwise do each for itself."""
    network.tell_targets()
    faulthandler.enable(all_threads=False)
    site.setquit()
    gc.collect()
    gc.disable()
    gc.freeze()


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


class Launcher:
    """Single-threaded event loop; every descriptor that it waits for is in `_on_ready`."""

    def __init__(self, listener: socket.socket, settings: dict[str, Any]) -> None:
        self._listener = listener
        self._max_parked: int = settings["parked"]
        self._settings = call_process.Settings(
            user=os.getuid(),
            group=os.getgid(),
            max_log=settings["max_log"],
            max_result=settings["max_result"],
            max_result_frame=settings["max_result_frame"],
            packages=tuple(settings["packages"]),
        )
        self._only_threads = seccomp.call_filter()
        self._parked: list[_CallProcess] = []
        self._by_connection: dict[int, _CallProcess] = {}
        self._by_pidfd: dict[int, _CallProcess] = {}
        self._park_not_before = 0.0
        self._null = os.open(os.devnull, os.O_RDWR)
        self._poll = select.epoll()
        self._poll.register(_STANDARD_IN, select.EPOLLIN)
        self._poll.register(listener.fileno(), select.EPOLLIN)

    def serve(self) -> None:
        """Until the executor closes our standard input, or dies. The kernel kills what is left."""
        while True:
            events = [descriptor for descriptor, _ in self._poll.poll(self._patience())]
            if not events and self._lacks_parked():
                self._park_one()
            if _STANDARD_IN in events:
                return
            for descriptor in events:
                if descriptor in self._by_pidfd:
                    self._bury(self._by_pidfd[descriptor])
                elif descriptor in self._by_connection:
                    self._kill(self._by_connection[descriptor])
            # Last: a new descriptor may get the number of one that was closed just now, and an
            # event of the old one must not be taken for its own.
            if self._listener.fileno() in events:
                self._accept()

    def _patience(self) -> float:
        """Seconds to wait for events; none where a process is to be parked when nothing happens."""
        if not self._lacks_parked():
            return -1
        return max(0.0, self._park_not_before - time.monotonic())

    def _lacks_parked(self) -> bool:
        return len(self._parked) < self._max_parked

    def _accept(self) -> None:
        try:
            accepted, _ = self._listener.accept()
        except OSError:  # the executor gave up in between
            return
        connection = accepted.detach()
        if not self._parked:
            self._park_one()
        if not self._parked:  # no process could be made
            self._refuse(connection)
            return
        call = self._parked.pop()
        call.connection = connection
        call.cpu_before_call = measure.cpu_nanos(call.pid)
        self._by_connection[connection] = call
        self._introduce(call)
        try:
            socket.send_fds(call.control, [b"c"], [connection])
        except OSError:  # it died; it is buried when its pidfd says so
            pass
        call.control.close()
        self._poll.register(connection, select.EPOLLRDHUP)

    def _introduce(self, call: _CallProcess) -> None:
        """Which process it is, said before that process could say anything itself."""
        introduced = socket.socket(fileno=call.connection)
        try:
            self._send(introduced, frames.PROCESS, frames.process_payload(call.pid))
        except OSError:  # the executor has hung up already
            pass
        introduced.detach()

    @staticmethod
    def _refuse(connection: int) -> None:
        refused = socket.socket(fileno=connection)
        payload = frames.ended_payload(by_signal=False, code=call_process.BOX_FAILED)
        try:
            refused.send(frames.frame(frames.ENDED, payload), socket.MSG_DONTWAIT)
        except OSError:
            pass
        refused.close()

    def _park_one(self) -> None:
        outputs = (os.memfd_create("stdout"), os.memfd_create("stderr"))
        ours, theirs = socket.socketpair()
        try:
            pid, pidfd = syscalls.clone_call_process()
        except OSError as error:
            self._complain(f"cannot make a call process: {error}")
            for descriptor in outputs:
                os.close(descriptor)
            ours.close()
            theirs.close()
            return
        if pid == 0:
            inherited = (self._null, *outputs, theirs.fileno())
            call_process.live(inherited, self._only_threads, self._settings)
        theirs.close()
        call = _CallProcess(pid, pidfd, outputs, ours)
        self._parked.append(call)
        self._by_pidfd[pidfd] = call
        self._poll.register(pidfd, select.EPOLLIN)

    def _kill(self, call: _CallProcess) -> None:
        """The executor hung up. Pid 1 of its namespace: the kernel kills the rest with it."""
        self._stop_watching_connection(call)
        try:
            signal.pidfd_send_signal(call.pidfd, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def _bury(self, call: _CallProcess) -> None:
        pid, status, usage = os.wait4(call.pid, os.WNOHANG)
        if pid == 0:
            return
        self._poll.unregister(call.pidfd)
        del self._by_pidfd[call.pidfd]
        if call in self._parked:
            self._parked.remove(call)
            self._report_failed_start(call)
            call.control.close()
        if call.connection >= 0:
            self._stop_watching_connection(call)
            self._send_epilogue(call, status, measure.of_ended(usage, call.cpu_before_call))
            os.close(call.connection)
        os.close(call.pidfd)
        for descriptor in call.outputs:
            os.close(descriptor)

    def _stop_watching_connection(self, call: _CallProcess) -> None:
        """Explicitly: closing would not do, while a process just cloned still holds a copy."""
        if self._by_connection.pop(call.connection, None) is not None:
            self._poll.unregister(call.connection)

    def _send_epilogue(self, call: _CallProcess, status: int, cost: bytes) -> None:
        """What is left in its output files, and how it ended. Never waits for the executor."""
        by_signal = os.WIFSIGNALED(status)
        code = os.WTERMSIG(status) if by_signal else os.WEXITSTATUS(status)
        connection = socket.socket(fileno=os.dup(call.connection))
        try:
            for number, descriptor in zip((1, 2), call.outputs):
                for offset in range(0, self._settings.max_log, frames.MAX_CHUNK):
                    data = os.pread(descriptor, frames.MAX_CHUNK, offset)
                    if not data:
                        break
                    self._send(connection, frames.RAW, frames.raw_payload(number, offset, data))
            self._send(connection, frames.ENDED, frames.ended_payload(by_signal, code) + cost)
        except OSError:  # it hung up, or the process had filled the socket
            pass
        finally:
            connection.close()

    @staticmethod
    def _send(connection: socket.socket, kind: int, payload: bytes) -> None:
        data = frames.frame(kind, payload)
        if connection.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) < len(data):
            raise BlockingIOError("the socket is full")

    def _report_failed_start(self, call: _CallProcess) -> None:
        message = os.pread(call.outputs[1], 2000, 0).decode("utf-8", "replace").strip()
        self._complain(f"a call process ended before its call: {message}")

    def _complain(self, message: str) -> None:
        """To the executor's log; and no attempt to park follows soon, so that it stays readable."""
        self._park_not_before = time.monotonic() + _PARK_AGAIN_SECONDS
        print(message, flush=True)
