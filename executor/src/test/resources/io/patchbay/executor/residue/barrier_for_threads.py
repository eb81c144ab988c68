# Has the kernel know the process as one whose threads are kept in step.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
BARRIER, REGISTER, USE = 324, 16, 8


def main(event, context):
    if event["step"] == "leave":
        result = libc.syscall(BARRIER, REGISTER, 0)
        return "left" if result == 0 else f"refused: {ctypes.get_errno()}"
    return libc.syscall(BARRIER, USE, 0)
