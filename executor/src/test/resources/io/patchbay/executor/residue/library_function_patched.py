# Patches the code of a function of the C library and protects the page again.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
at = ctypes.cast(libc.getppid, ctypes.c_void_p).value
RETURN_7 = bytes.fromhex("b807000000c3")  # mov eax, 7; ret


def protect(rights):
    libc.mprotect(ctypes.c_void_p(at & -4096), ctypes.c_size_t(8192), rights)


def main(event, context):
    if event["step"] == "leave":
        protect(7)
        ctypes.memmove(at, RETURN_7, len(RETURN_7))
        protect(5)
        return "left" if libc.getppid() == 7 else "nothing"
    return libc.getppid()
