"""The attacks of bench/neighbours, by what they abuse. A new one is a function in one of these
files, or in a file of its own that is imported here."""

from . import (  # noqa: F401
    boxes,
    connections,
    definitions,
    endpoints,
    floods,
    masking,
    patterns,
    reading,
    templates,
)
