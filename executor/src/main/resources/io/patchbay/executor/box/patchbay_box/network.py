"""Says in the exception of a refused connection where it would have led.

The refusal itself is the kernel's, on the verdict of the supervisor outside of the box: connect()
fails with "Permission denied", which Python tells without the target.
"""

from __future__ import annotations

import errno
import socket
from typing import Any


def tell_targets() -> None:
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        try:
            original(self, address)
        except PermissionError:
            raise PermissionError(errno.EACCES, _message(address)) from None

    connect.__doc__ = original.__doc__
    socket.socket.connect = connect  # type: ignore[method-assign]


def _message(address: Any) -> str:
    if not isinstance(address, tuple) or len(address) < 2:
        return "Permission denied: connection"
    host, port = address[:2]
    # The name server's answer for names that are not to be asked; 0.0.0.0 is the code's own.
    if str(host).startswith("0.") and str(host) != "0.0.0.0":
        host = "a name that is not in egress.allow, port "
        return f"Permission denied: connection to {host}{port}"
    return f"Permission denied: connection to {host}:{port}"
