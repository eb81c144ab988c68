"""Reads and writes CSV in files of bytes, as the package of this name does on Python 3."""

import csv
from csv import (  # noqa: F401
    QUOTE_ALL,
    QUOTE_MINIMAL,
    QUOTE_NONE,
    QUOTE_NONNUMERIC,
    Dialect,
    Error,
    Sniffer,
    excel,
    excel_tab,
    field_size_limit,
    get_dialect,
    list_dialects,
    register_dialect,
    unix_dialect,
    unregister_dialect,
)


def reader(f, dialect="excel", encoding="utf-8", errors="strict", **format):
    """f: an iterable of lines as bytes."""
    return csv.reader(_decoded(f, encoding, errors), dialect, **format)


def writer(f, dialect="excel", encoding="utf-8", errors="strict", **format):
    """f: anything with write(bytes)."""
    return csv.writer(_Encoded(f, encoding, errors), dialect, **format)


class DictReader(csv.DictReader):
    def __init__(
        self,
        f,
        fieldnames=None,
        restkey=None,
        restval=None,
        dialect="excel",
        encoding="utf-8",
        errors="strict",
        **format,
    ):
        lines = _decoded(f, encoding, errors)
        super().__init__(lines, fieldnames, restkey, restval, dialect, **format)


class DictWriter(csv.DictWriter):
    def __init__(
        self,
        f,
        fieldnames,
        restval="",
        extrasaction="raise",
        dialect="excel",
        encoding="utf-8",
        errors="strict",
        **format,
    ):
        file = _Encoded(f, encoding, errors)
        super().__init__(file, fieldnames, restval, extrasaction, dialect, **format)


UnicodeReader, UnicodeWriter = reader, writer


def _decoded(lines, encoding, errors):
    return (line.decode(encoding, errors) for line in lines)


class _Encoded:
    def __init__(self, file, encoding, errors):
        self._file = file
        self._encoding = encoding
        self._errors = errors

    def write(self, text):
        return self._file.write(text.encode(self._encoding, self._errors))
