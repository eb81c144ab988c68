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
import signal
import site
import socket
import sys
from array import array
from typing import NamedTuple

from . import call_process, enter_box, frames, network, order, output, runner, syscalls

# Modules that take long to import, by preload; what is not installed is left out.
_PRELOADED = {
    order.BARE: (),
    order.WEB: ("requests", "urllib.request", "http.client", "ssl"),
}
# After some runs the interpreter has adapted its code to what it does; copies inherit that.
_REHEARSALS = 20

# Wish for a copy: whether to rehearse (1 byte) and the name of a package set. With it come the
# descriptors of standard out, of standard error and of the socket that brings the connection.
REHEARSE, AT_ONCE = b"R", b"N"
_MAX_WISH = 64
_DESCRIPTORS = socket.CMSG_SPACE(3 * array("i").itemsize)


class Settings(NamedTuple):
    """Sizes in bytes. packages: folders that every call can import from."""

    user: int
    group: int
    max_log: int
    max_result: int
    max_result_frame: int
    packages: tuple[str, ...]


def live(preload: int, control: int, settings: Settings) -> None:
    """Until the launcher closes the other end of `control`."""
    connection = frames.Connection(enter_box.CONNECTION)
    log = output.Output(connection, settings.max_log)
    session = runner.Session(connection, log, settings.max_result, settings.max_result_frame)
    entrance = enter_box.Entrance(settings.user, settings.group)
    _import_all(preload, settings)
    session.rehearse(_REHEARSALS)
    output.capture(log)
    _be_ready_to_be_copied(control)
    _serve(entrance, session)


def _import_all(preload: int, settings: Settings) -> None:
    importlib.import_module("patchbay")  # calls find it loaded, as copies of this process
    sys.argv = [""]
    os.environ.pop("LD_BIND_NOW", None)  # it was for this process
    sys.path[:] = [path for path in sys.path if not path.startswith("/tmp/.launcher")]
    sys.path.extend(settings.packages)
    network.tell_targets()
    site.setquit()
    for name in _PRELOADED[preload]:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    importlib.util.find_spec("a_module_that_is_not_there")  # reads all folders of sys.path


def _be_ready_to_be_copied(control: int) -> None:
    faulthandler.enable(file=2, all_threads=False)
    enter_box.first_to_die()
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(control, enter_box.CONNECTION)
    os.closerange(enter_box.CONNECTION + 1, enter_box.LAUNCHER_DESCRIPTORS)
    limit = enter_box.MAX_DESCRIPTORS
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    gc.collect()
    gc.disable()
    gc.freeze()


def _serve(entrance: enter_box.Entrance, session: runner.Session) -> None:
    """In a copy, `control` is what the descriptor leads to by then: the copy's own socket."""
    control = socket.socket(fileno=enter_box.CONNECTION)
    clone, close, pid_payload = syscalls.clone_call_process, os.close, frames.process_payload
    while True:
        wish, ancillary, _, _ = control.recvmsg(_MAX_WISH, _DESCRIPTORS)
        if not wish:
            os._exit(0)
        inherited = array("i", ancillary[0][2])
        pid = clone()
        if pid == 0:
            packages = wish[1:].decode()
            call_process.live(inherited, control, entrance, session, wish[:1] == REHEARSE, packages)
        for descriptor in inherited:
            close(descriptor)
        control.send(pid_payload(max(0, pid)))
