# Makes a timer of the kernel that belongs to the process.
# refused
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
CREATE = 222


def main(event, context):
    if event["step"] == "leave":
        timer = ctypes.c_int()
        libc.syscall(CREATE, 1, None, ctypes.byref(timer))
        return f"refused: {ctypes.get_errno()}" if ctypes.get_errno() else "left"
    return []
