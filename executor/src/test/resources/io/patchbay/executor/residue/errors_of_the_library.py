# Leaves error numbers in the C library and in its copy of ctypes.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.__errno_location.restype = ctypes.POINTER(ctypes.c_int)
libc.__h_errno_location.restype = ctypes.POINTER(ctypes.c_int)


def main(event, context):
    where = libc.__h_errno_location()
    if event["step"] == "leave":
        where[0] = 77
        ctypes.set_errno(78)
        return "left"
    return [where[0], ctypes.get_errno()]
