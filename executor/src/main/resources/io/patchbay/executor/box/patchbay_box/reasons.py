"""Finds in what pip said the one sentence that a builder needs."""

from __future__ import annotations

import re

_LONGEST = 1500
_NOISE = ("A new release of pip", "[notice]", "Retrying (", "Could not fetch URL")
_NO_SPACE = "No space left on device"
_SAYS_WHO = re.compile(r"\s+(The user requested|\S+ .*depends)")
_WHY_BROKEN = re.compile(r"(?:\[Errno -?\d+\] [^'\"\)]+|Read timed out|[Cc]onnection timed out)")


def of(lines: list[str], log: str) -> str:
    """lines: what it printed; log: its own file of all that it did, where there is one."""
    said = _errors(lines)
    everything = "\n".join(lines)
    if _NO_SPACE in everything or "File too large" in everything:
        return "the packages take more room, or have more files, than an installation may have"
    unreachable = _unreachable(everything)
    if unreachable:
        return unreachable
    source_only = sorted(set(re.findall(r"No sources permitted for ([A-Za-z0-9._-]+)", log)))
    missing = re.search(r"No matching distribution found for (\S+)", said)
    if missing:
        wanted = re.match(r"[A-Za-z0-9._-]+", missing[1])
        if wanted and _plain(wanted[0]) in map(_plain, source_only):
            return f"{missing[1]} is there as source only, and only wheels are installed"
        return f"{_first(said)} (the index has no wheel of it that fits this interpreter)"
    return said[:_LONGEST] or "pip failed and did not say why"


def _errors(lines: list[str]) -> str:
    """From the first error on; what pip explains of a conflict stands above it."""
    for start, line in enumerate(lines):
        if line.startswith("ERROR: "):
            break
    else:
        return "\n".join(lines[-3:])
    conflict = [line.strip() for line in lines if _SAYS_WHO.match(line)]
    rest = [line.replace("ERROR: ", "", 1).strip() for line in lines[start:]]
    rest = [line for line in rest if line and not any(noise in line for noise in _NOISE)]
    return "; ".join(dict.fromkeys(rest if not conflict else [rest[0], *conflict]))


def _unreachable(text: str) -> str:
    broken = re.search(r"after connection broken by '(\w+)\((.*)\)'", text)
    if not broken or "Could not find a version" not in text and "ERROR: " not in text:
        return ""
    why = _WHY_BROKEN.findall(broken[0])
    return "the index cannot be reached: " + (why[-1].strip() if why else broken[1])


def _first(text: str) -> str:
    return text.split(";")[0][:_LONGEST]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
