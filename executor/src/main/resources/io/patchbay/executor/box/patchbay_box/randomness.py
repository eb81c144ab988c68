"""New seeds for a process that is put back to its snapshot: else each call draws the same numbers."""

from __future__ import annotations

import os
import sys


def renew() -> None:
    """Of every generator of the process that is loaded; one that code made for itself is its own."""
    modules = sys.modules
    random = modules.get("random")
    if random is not None:
        random.seed()
    tempfile = modules.get("tempfile")
    if tempfile is not None:
        tempfile._name_sequence = None
    openssl = modules.get("_ssl")
    if openssl is not None:
        openssl.RAND_add(os.urandom(32), 32.0)
    numpy_random = modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()
