# Drops the pages of a library's variables, so that they read as in its file again.
# leaves, put back
import _datetime
import ctypes
import mmap

libc = ctypes.CDLL(None)
DROP = 4
# A type is a variable of the library, made ready when it was loaded; until then its type is null.
TYPE = 8
kind = id(_datetime.timedelta)
page = kind & -4096


def variable():
    return ctypes.c_size_t.from_address(kind + TYPE).value


before = variable()


def main(event, context):
    if event["step"] == "leave":
        libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(4096), DROP)
        return "left" if variable() != before else "nothing"
    return variable() == before
