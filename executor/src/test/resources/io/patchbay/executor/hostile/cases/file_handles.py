# Opens files by number, past every path.
# expect: RETURNED \[1,1]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
NAME_TO_HANDLE_AT, OPEN_BY_HANDLE_AT = 303, 304


def error_of(*arguments):
    ctypes.set_errno(0)
    libc.syscall(*arguments)
    return ctypes.get_errno()


def main(event, context):
    return [
        error_of(NAME_TO_HANDLE_AT, -100, b"/usr", bytes(200), bytes(4), 0),
        error_of(OPEN_BY_HANDLE_AT, -100, bytes(200), 0),
    ]
