# Drops pages of a library that are only read since it was loaded, so that they point nowhere.
# leaves, discarded
import _decimal  # noqa: F401
import ctypes

libc = ctypes.CDLL(None)
DROP = 4


class Library(ctypes.Structure):
    _fields_ = [
        ("base", ctypes.c_size_t),
        ("name", ctypes.c_char_p),
        ("headers", ctypes.c_void_p),
        ("count", ctypes.c_uint16),
    ]


class Header(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_uint32), ("flags", ctypes.c_uint32)] + [
        (name, ctypes.c_size_t) for name in ("offset", "at", "physical", "file", "size", "align")
    ]


ONLY_READ_LATER = 0x6474E552
found = []


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Library), ctypes.c_size_t, ctypes.c_void_p)
def visit(library, size, data):
    library = library.contents
    if b"_decimal" in library.name:
        for number in range(library.count):
            header = Header.from_address(library.headers + number * ctypes.sizeof(Header))
            if header.kind == ONLY_READ_LATER:
                found.append(library.base + header.at & -4096)
    return 0


libc.dl_iterate_phdr(visit, None)
page = found[0]
before = ctypes.string_at(page, 4096)


def main(event, context):
    if event["step"] == "leave":
        libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(4096), DROP)
        return "left" if ctypes.string_at(page, 4096) != before else "nothing"
    return ctypes.string_at(page, 4096) == before
