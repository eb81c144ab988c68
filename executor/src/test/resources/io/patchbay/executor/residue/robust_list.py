# Has the kernel keep an address as the thread's list of robust locks.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SET, GET = 273, 274


def address():
    head, size = ctypes.c_size_t(), ctypes.c_size_t()
    libc.syscall(GET, 0, ctypes.byref(head), ctypes.byref(size))
    return head.value


begin = address()


def main(event, context):
    if event["step"] == "leave":
        if libc.syscall(SET, ctypes.c_size_t(0x123456000), ctypes.c_size_t(24)) < 0:
            return f"refused: {ctypes.get_errno()}"
        return "left" if address() == 0x123456000 else "nothing"
    return address() - begin
