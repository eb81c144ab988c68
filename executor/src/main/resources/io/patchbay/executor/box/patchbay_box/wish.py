"""What the launcher asks a zygote for: a copy, of which kind and where."""

from __future__ import annotations

from typing import NamedTuple

MAX_BYTES = 128


class Wish(NamedTuple):
    """packages: the name of a package set. folder: the copy's own. Empty for none."""

    rehearse: bool
    packages: str
    folder: str

    def encode(self) -> bytes:
        how = "R" if self.rehearse else "N"
        return f"{how}{self.packages}/{self.folder}".encode()

    @staticmethod
    def decode(data: bytes) -> Wish:
        text = data.decode()
        packages, _, folder = text[1:].partition("/")
        return Wish(text[0] == "R", packages, folder)
