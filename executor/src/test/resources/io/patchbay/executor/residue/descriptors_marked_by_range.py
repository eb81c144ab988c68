# Marks its own descriptors to be closed by exec, all of them by one call.
# leaves, discarded
import ctypes
import fcntl

libc = ctypes.CDLL(None, use_errno=True)
CLOSE_RANGE, MARK = 436, 4


def main(event, context):
    if event["step"] == "leave":
        result = libc.syscall(CLOSE_RANGE, 0, 3, MARK)
        return "left" if result == 0 else f"refused: {ctypes.get_errno()}"
    return [fcntl.fcntl(fd, fcntl.F_GETFD) for fd in range(4)]
