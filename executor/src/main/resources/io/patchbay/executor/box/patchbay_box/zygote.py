"""A zygote: the process that call processes are copies of.

It has imported, built and rehearsed all that a call needs, and then does nothing but copy itself
when the launcher asks. Each page that a copy touches first is copied by the kernel, which is most
of what a fresh process costs; so what can be done once is done here, and little is loaded.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import importlib.util
import os
import resource
import selectors
import signal
import site
import socket
import sys
from array import array
from typing import NamedTuple

from . import call_process, enter_box, frames, network, order, output, runner, syscalls, wish
from .containment import Containment, Entrance

# Modules that take long to import, by preload; what is not installed is left out.
_PRELOADED = {
    order.BARE: (),
    order.WEB: ("requests", "urllib.request", "http.client", "ssl"),
}
# Where this file comes from, which no call may see.
_LAUNCHERS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# After some runs the interpreter has adapted its code to what it does; copies inherit that.
_REHEARSALS = 20

# With a wish come the descriptors of standard out, of standard error and of the socket that brings
# the connection.
_DESCRIPTORS = socket.CMSG_SPACE(3 * array("i").itemsize)


class Settings(NamedTuple):
    """Sizes in bytes. packages: folders that every call can import from, there yet or not."""

    contained: Containment
    max_log: int
    max_result: int
    max_result_frame: int
    packages: tuple[str, ...]


def live(preload: int, control: int, settings: Settings) -> None:
    """Until the launcher closes the other end of `control`."""
    connection = frames.Connection(enter_box.CONNECTION)
    log = output.Output(connection, settings.max_log)
    session = runner.Session(connection, log, settings.max_result, settings.max_result_frame)
    settings.contained.watch_parent()
    syscalls.keep_heap()
    entrance = settings.contained.entrance()
    _import_all(preload, settings)
    session.rehearse(_REHEARSALS)
    output.capture(log)
    _be_ready_to_be_copied(control, settings.contained.proc)
    _serve(entrance, session)


def _import_all(preload: int, settings: Settings) -> None:
    importlib.import_module("patchbay")  # calls find it loaded, as copies of this process
    sys.argv = [""]
    os.environ.pop("LD_BIND_NOW", None)  # it was for this process
    sys.path[:] = [path for path in sys.path if path != _LAUNCHERS]
    sys.path.extend(settings.packages)
    selectors.DefaultSelector = selectors.PollSelector  # the filter refuses epoll
    network.tell_targets()
    site.setquit()
    for name in _PRELOADED[preload]:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    importlib.util.find_spec("a_module_that_is_not_there")  # reads all folders of sys.path
    for path in settings.packages:
        if sys.path_importer_cache.get(path, False) is None:
            del sys.path_importer_cache[path]  # a set may come to be there


def _be_ready_to_be_copied(control: int, proc: str) -> None:
    faulthandler.enable(file=2, all_threads=False)
    syscalls.start_thread()
    enter_box.first_to_die(proc)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(control, enter_box.CONNECTION)
    os.closerange(enter_box.CONNECTION + 1, enter_box.LAUNCHER_DESCRIPTORS)
    limit = enter_box.MAX_DESCRIPTORS
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    gc.collect()
    gc.disable()
    gc.freeze()


def _serve(entrance: Entrance, session: runner.Session) -> None:
    """In a copy, `control` is what the descriptor leads to by then: the copy's own socket."""
    control = socket.socket(fileno=enter_box.CONNECTION)
    clone, close, pid_payload = entrance.clone, os.close, frames.process_payload
    while True:
        data, ancillary, _, _ = control.recvmsg(wish.MAX_BYTES, _DESCRIPTORS)
        if not data:
            os._exit(0)
        inherited = array("i", ancillary[0][2])
        pid = clone()
        if pid == 0:
            call_process.live(inherited, control, entrance, session, wish.Wish.decode(data))
        for descriptor in inherited:
            close(descriptor)
        control.send(pid_payload(max(0, pid)))
