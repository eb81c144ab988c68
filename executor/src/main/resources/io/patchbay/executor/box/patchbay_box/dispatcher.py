"""What the launcher does all its life: orders in, processes made, given away, watched and buried."""

from __future__ import annotations

import os
import select
import signal
import socket
from collections import deque
from contextlib import ExitStack
from resource import struct_rusage
from typing import Optional

from . import call_process, enter_box, frames, measure, order
from .containment import Containment
from .order import Kind
from .wish import Wish

_STANDARD_IN = 0


class _CallProcess:
    """The launcher's side of a call process. pid: 0 until it is made."""

    def __init__(
        self,
        connection: socket.socket,
        folder: str,
        outputs: tuple[int, int],
        control: socket.socket,
    ) -> None:
        self.connection = connection
        self.folder = folder
        self.outputs = outputs
        self.control = control
        self.pid = 0
        self.hung_up = False
        self.cpu_before_call = 0


class Zygote:
    """The launcher's side of a zygote, which makes processes in the order of the wishes."""

    def __init__(self, pid: int, control: socket.socket) -> None:
        self.pid = pid
        self.control = control
        self.wished: deque[_CallProcess] = deque()


class Dispatcher:
    """Single-threaded event loop over the listener, the zygotes, connections and deaths."""

    def __init__(
        self,
        listener: socket.socket,
        zygotes: dict[int, Zygote],
        contained: Containment,
    ) -> None:
        self._listener = listener
        self._contained = contained
        self._zygotes = zygotes
        self._zygote_by_descriptor = {it.control.fileno(): it for it in zygotes.values()}
        self._unread: dict[int, socket.socket] = {}
        self._by_connection: dict[int, _CallProcess] = {}
        self._by_pid: dict[int, _CallProcess] = {}
        self._zygote_pids = {it.pid for it in zygotes.values()}
        # Processes whose end was heard of before their beginning, with their status.
        self._died_young: dict[int, tuple[int, struct_rusage]] = {}
        self._deaths = self._watch_deaths()
        self._poll = select.poll()
        for descriptor in (_STANDARD_IN, self._deaths, listener.fileno()):
            self._poll.register(descriptor, select.POLLIN)
        for descriptor in self._zygote_by_descriptor:
            self._poll.register(descriptor, select.POLLIN)

    @staticmethod
    def _watch_deaths() -> int:
        """A descriptor that is readable when a child has died."""
        reader, writer = socket.socketpair()
        for end in (reader, writer):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writer.detach(), warn_on_full_buffer=False)
        return reader.detach()

    def serve(self) -> None:
        """Until the executor closes our standard input, or dies. The kernel kills what is left."""
        listening = self._listener.fileno()
        while True:
            events = self._poll.poll(self._contained.patience() * 1000)
            self._end_excesses()
            new = False
            for descriptor, event in events:
                if descriptor in self._by_connection:
                    self._hang_up(self._by_connection[descriptor], event)
                elif descriptor in self._unread:
                    self._read_order(self._unread[descriptor])
                elif descriptor in self._zygote_by_descriptor:
                    self._take_made(self._zygote_by_descriptor[descriptor])
                elif descriptor == self._deaths:
                    os.read(self._deaths, 4096)
                    self._bury_all()
                elif descriptor == listening:
                    new = True
                elif descriptor == _STANDARD_IN:
                    return
            # Last: a new descriptor may get the number of one that was closed just now, and an
            # event of the old one must not be taken for its own.
            if new:
                self._accept()

    def end(self) -> None:
        """Ends every call process that there is and leaves no file of it."""
        for pid in self._by_pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self._contained.end()

    # --- connections ---------------------------------------------------------------------------

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # the executor gave up in between
            return
        self._poll.register(connection, select.POLLIN | select.POLLRDHUP)
        self._unread[connection.fileno()] = connection
        self._read_order(connection)

    def _read_order(self, connection: socket.socket) -> None:
        """What comes behind the order is left for the call process."""
        try:
            kind = order.kind_of(connection.recv(order.SIZE, socket.MSG_DONTWAIT))
        except BlockingIOError:
            return
        except OSError:
            kind = None
        del self._unread[connection.fileno()]
        if kind is None:
            self._poll.unregister(connection)
            connection.close()
            return
        self._poll.modify(connection, select.POLLRDHUP)
        if not self._wish(kind, connection):
            self._refuse(connection)

    def _give(self, call: _CallProcess) -> None:
        connection = call.connection
        self._contained.started(call.pid, call.folder)
        call.cpu_before_call = measure.cpu_nanos(call.pid)
        self._by_connection[connection.fileno()] = call
        try:
            # Which process it is, said before that process could say anything itself.
            _send(connection, frames.PROCESS, frames.process_payload(call.pid))
            socket.send_fds(call.control, [b"c"], [connection.fileno()])
        except OSError:  # the executor has hung up, or the process has died: events tell
            pass

    def _hang_up(self, call: _CallProcess, event: int) -> None:
        """The executor hung up. With it all of the call ends: it could make no other process."""
        call.hung_up = bool(event & select.POLLHUP)
        self._stop_watching(call.connection)
        os.kill(call.pid, signal.SIGKILL)

    def _stop_watching(self, connection: socket.socket) -> None:
        """Explicitly: closing would not do, while the process still holds a copy."""
        if self._by_connection.pop(connection.fileno(), None) is not None:
            self._poll.unregister(connection)

    # --- processes -----------------------------------------------------------------------------

    def _end_excesses(self) -> None:
        """Of what no limit of the kernel's bounds; the code's own log says why it was killed."""
        for pid, excess in self._contained.excesses():
            call = self._by_pid.get(pid)
            if call is not None:
                error = call.outputs[1]
                try:
                    os.pwrite(error, f"killed: {excess}\n".encode(), os.fstat(error).st_size)
                except OSError:  # it has filled this file as well
                    pass
                os.kill(pid, signal.SIGKILL)

    def _wish(self, kind: Kind, connection: socket.socket) -> bool:
        """False where the machine has nothing left to make one more of; the next may be made."""
        maker = self._zygotes[kind.preload]
        with ExitStack() as undo:
            try:
                outputs = (_memory_file("stdout", undo), _memory_file("stderr", undo))
                ours, theirs = socket.socketpair()
                undo.enter_context(ours)
                with theirs:
                    folder = self._contained.new_folder()
                    undo.callback(self._contained.buried, 0, folder)
                    wish = Wish(kind.packages, folder).encode()
                    socket.send_fds(maker.control, [wish], [*outputs, theirs.fileno()])
            except OSError as error:
                self._complain(f"a call process could not be made: {error}")
                return False
            undo.pop_all()
        maker.wished.append(_CallProcess(connection, folder, outputs, ours))
        return True

    def _take_made(self, maker: Zygote) -> None:
        data = maker.control.recv(4 * len(maker.wished) or 4)
        if not data:
            raise RuntimeError("a zygote has ended")
        for start in range(0, len(data), 4):
            call = maker.wished.popleft()
            call.pid = int.from_bytes(data[start : start + 4], "big")
            if call.pid == 0:
                self._complain("a call process could not be made")
                self._let_go(call)
                self._refuse(call.connection)
                continue
            self._give(call)
            if call.pid in self._died_young:
                self._bury(call, *self._died_young.pop(call.pid))
            else:
                self._by_pid[call.pid] = call

    def _bury_all(self) -> None:
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            call = self._by_pid.pop(pid, None)
            if call is not None:
                self._bury(call, status, usage)
            elif pid in self._zygote_pids:
                raise RuntimeError(f"a zygote has ended: {status}")
            else:
                self._died_young[pid] = (status, usage)

    def _bury(self, call: _CallProcess, status: int, usage: struct_rusage) -> None:
        self._stop_watching(call.connection)
        if not call.hung_up:
            cost = measure.of_ended(usage, call.cpu_before_call)
            self._send_epilogue(call, call.connection, status, cost)
        call.connection.close()
        self._let_go(call)

    def _let_go(self, call: _CallProcess) -> None:
        self._contained.buried(call.pid, call.folder)
        call.control.close()
        for descriptor in call.outputs:
            os.close(descriptor)

    # --- what is told --------------------------------------------------------------------------

    def _send_epilogue(
        self, call: _CallProcess, connection: socket.socket, status: int, cost: bytes
    ) -> None:
        """What is left in its output files, and how it ended. Never waits for the executor."""
        by_signal = os.WIFSIGNALED(status)
        code = os.WTERMSIG(status) if by_signal else os.WEXITSTATUS(status)
        try:
            for number, descriptor in zip((1, 2), call.outputs):
                _send_rest(connection, number, descriptor)
            ended = frames.ended_payload(self._has_entered(call), by_signal, code)
            _send(connection, frames.ENDED, ended + cost)
        except OSError:  # it hung up, or the process had filled the socket
            pass

    @staticmethod
    def _has_entered(call: _CallProcess) -> bool:
        try:
            return call.control.recv(1, socket.MSG_DONTWAIT) == call_process.ENTERED
        except OSError:
            return False

    def _refuse(self, connection: socket.socket) -> None:
        self._poll.unregister(connection)
        try:
            payload = frames.ended_payload(False, False, call_process.BOX_FAILED)
            _send(connection, frames.ENDED, payload)
        except OSError:
            pass
        connection.close()

    def _complain(self, message: str) -> None:
        """To the executor's log."""
        print(message, flush=True)


def _memory_file(name: str, undo: ExitStack) -> int:
    descriptor = os.memfd_create(name)
    undo.callback(os.close, descriptor)
    return descriptor


def _send_rest(connection: socket.socket, number: int, descriptor: int) -> None:
    for offset in range(0, enter_box.TMP_BYTES, frames.MAX_CHUNK):
        data = os.pread(descriptor, frames.MAX_CHUNK, offset)
        if not data:
            return
        _send(connection, frames.RAW, frames.raw_payload(number, offset, data))


def _send(connection: socket.socket, kind: int, payload: bytes) -> None:
    data = frames.frame(kind, payload)
    if connection.send(data, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL) < len(data):
        raise BlockingIOError("the socket is full")
