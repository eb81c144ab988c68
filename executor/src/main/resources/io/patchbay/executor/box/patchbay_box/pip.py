"""Finds a pip on this machine and runs it inside this process: nothing can be executed in the box.

Wheels only, no configuration of the machine's, no cache, no questions.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import sys
import sysconfig
from typing import Iterable, Optional

_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
_ALWAYS = [
    "--isolated",
    "--no-cache-dir",
    "--disable-pip-version-check",
    "--no-input",
    "--no-color",
    "--progress-bar=off",
    "--only-binary=:all:",
]


class NoPip(Exception):
    """There is none, neither as a package nor as a wheel."""


def load() -> str:
    """Makes `pip` importable, and nothing that happens to be installed beside it; its version."""
    for folder in _packages():
        if _load_package(os.path.join(folder, "pip")):
            return _version()
    for wheel in _wheels():
        sys.path.insert(0, wheel)
        return _version()
    raise NoPip


def _packages() -> Iterable[str]:
    yield sysconfig.get_path("purelib")
    yield "/usr/lib/python3/dist-packages"


def _wheels() -> Iterable[str]:
    """The interpreter's own, then the distribution's; the newest of each first."""
    folders = [
        os.path.join(sysconfig.get_path("stdlib"), "ensurepip", "_bundled"),
        "/usr/share/python-wheels",
    ]
    for folder in folders:
        yield from sorted(glob.glob(os.path.join(folder, "pip-*.whl")), reverse=True)


def _load_package(folder: str) -> bool:
    entry = os.path.join(folder, "__init__.py")
    if not os.path.isfile(entry) or not os.path.isdir(os.path.join(folder, "_internal")):
        return False
    spec = importlib.util.spec_from_file_location(
        "pip", entry, submodule_search_locations=[folder]
    )
    if spec is None or spec.loader is None:
        return False
    module = importlib.util.module_from_spec(spec)
    sys.modules["pip"] = module
    spec.loader.exec_module(module)
    return True


def _version() -> str:
    import pip

    import pip._internal.cli.main  # noqa: F401 - found broken here rather than in the job

    return pip.__version__


def default_index() -> tuple[str, str]:
    """pip's own idea of an index where nobody names one, and the host that keeps its files."""
    from pip._internal.models.index import PyPI

    return PyPI.simple_url, PyPI.file_storage_domain


def prepare() -> None:
    """Tells the index nothing about the machine; asks for addresses of both kinds."""
    try:
        import pip._internal.network.session as session
        from pip._vendor.urllib3.util import connection

        agent = f"pip/{sys.modules['pip'].__version__} patchbay"
        session.user_agent = lambda: agent
        connection.HAS_IPV6 = True
    except (ImportError, AttributeError):  # another pip; both are niceties
        pass


def download(requirements: str, index: str, options: list[str], folder: str) -> int:
    """Wheels of all that a file of requirements asks for, by way of the index."""
    where = ["--index-url", index, "--retries=2", "--timeout=15"]
    if os.path.isfile(_AUTHORITIES):
        where.append("--cert=" + _AUTHORITIES)
    host = _plain_host(index)
    if host:
        where.append("--trusted-host=" + host)
    # The file of the log has the lines that say why a file of the index was not taken.
    log = ["--log=" + folder + ".log"]
    what = [*options, "--dest", folder, "-r", requirements]
    return _run(["download", *_ALWAYS, *where, *log, *what])


def install(lock: str, wheels: str, target: str) -> int:
    """Exactly the wheels of the lock, from the folder of wheels."""
    exactly = ["--no-index", "--find-links", wheels, "--no-deps", "--require-hashes"]
    where = ["--target", target, "--ignore-installed", "--no-compile", "--no-warn-script-location"]
    return _run(["install", *_ALWAYS, *exactly, *where, "-r", lock])


def _plain_host(index: str) -> Optional[str]:
    """Without encryption only because the operator has said so: pip wants to be told."""
    from urllib.parse import urlsplit

    parts = urlsplit(index)
    if parts.scheme != "http":
        return None
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host


def _run(arguments: list[str]) -> int:
    from pip._internal.cli.main import main

    try:
        return main(arguments)
    except SystemExit as end:  # how its option parser says no
        return end.code if isinstance(end.code, int) else 1
