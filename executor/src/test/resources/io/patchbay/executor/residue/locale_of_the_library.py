# Sets the locale of the C library and of Python.
# leaves, put back
import ctypes
import locale

libc = ctypes.CDLL(None)
libc.setlocale.restype = ctypes.c_char_p
ALL = 6


def main(event, context):
    now = libc.setlocale(ALL, None).decode()
    if event["step"] == "leave":
        other = b"C" if now != "C" else b"C.UTF-8"
        libc.setlocale(ALL, other)
        locale._override_localeconv = {"decimal_point": "left"}
        return "left" if libc.setlocale(ALL, None).decode() != now else f"nothing: {now}"
    return [now, locale.localeconv()["decimal_point"]]
