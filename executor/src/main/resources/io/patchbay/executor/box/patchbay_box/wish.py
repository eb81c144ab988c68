"""What the launcher asks a zygote for: a copy, of which kind and where."""

from __future__ import annotations

from typing import NamedTuple

MAX_BYTES = 128


class Wish(NamedTuple):
    """packages: the name of a package set. folder: the copy's own. Empty for none."""

    packages: str
    folder: str

    def encode(self) -> bytes:
        return f"{self.packages}/{self.folder}".encode()

    @staticmethod
    def decode(data: bytes) -> Wish:
        packages, _, folder = data.decode().partition("/")
        return Wish(packages, folder)
