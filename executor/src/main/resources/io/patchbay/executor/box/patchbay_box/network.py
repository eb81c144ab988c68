"""Makes refused connections visible: each is reported with its name, and fails at once.

The refusal itself is the kernel's: the network namespace is empty and the system call filter
answers connect() with "Permission denied". This module only adds the names, for Python code; a C
library that connects by itself is refused without a report.
"""

from __future__ import annotations

import errno
import socket
import sys
from typing import Any, Callable, NoReturn, Optional

Report = Callable[[str, str, int], None]

_SERVICES = {"http": 80, "https": 443, "smtp": 25, "ftp": 21, "domain": 53, "ssh": 22}

_report: Optional[Report] = None


def watch() -> None:
    """Once per launcher; silent until report_to() was called. Hooks cannot be removed again."""
    sys.addaudithook(_on_event)
    for name in ("connect", "connect_ex"):
        _refuse_names_in(name)


def report_to(report: Report) -> None:
    global _report
    _report = report


def _on_event(event: str, args: tuple[Any, ...]) -> None:
    check = _CHECKS.get(event)
    if check is not None and _report is not None:
        check(*args)


def _on_connect(_socket: socket.socket, address: Any) -> None:
    if isinstance(address, tuple) and len(address) >= 2:
        _refuse("", str(address[0]), _port(address[1]))
    _refuse("", _text(address), 0)


def _on_send_to(_socket: socket.socket, address: Any) -> None:
    if address is not None:
        _on_connect(_socket, address)


def _on_resolve(host: Any, port: Any = 0, *_: Any) -> None:
    if host and not _is_address(_text(host)):
        _refuse(_text(host), "", _port(port))


_CHECKS: dict[str, Callable[..., None]] = {
    "socket.connect": _on_connect,
    "socket.sendto": _on_send_to,
    "socket.sendmsg": _on_send_to,
    "socket.getaddrinfo": _on_resolve,
    "socket.gethostbyname": _on_resolve,
}


def _refuse_names_in(method_name: str) -> None:
    """connect(("name", port)) would resolve the name before Python announces the connection."""
    original = getattr(socket.socket, method_name)

    def checked(self: socket.socket, address: Any) -> Any:
        if _report is not None and isinstance(address, tuple) and len(address) >= 2:
            _on_resolve(address[0], address[1])
        return original(self, address)

    checked.__name__ = method_name
    checked.__doc__ = original.__doc__
    setattr(socket.socket, method_name, checked)


def _refuse(name: str, address: str, port: int) -> NoReturn:
    assert _report is not None
    _report(name, address, port)
    host = name or address
    target = f"{host}:{port}" if port else host
    raise PermissionError(errno.EACCES, f"Permission denied: connection to {target}")


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host.partition("%")[0])
            return True
        except (OSError, ValueError):
            pass
    return False


def _port(port: Any) -> int:
    text = _text(port)
    if text.isdecimal() and len(text) <= 5:
        return int(text)
    return _SERVICES.get(text, 0)


def _text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return str(value)
