# Writes to the padding of the kernel's page of code in the process, and protects it again.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.getauxval.restype = ctypes.c_size_t
VDSO = 33
page = libc.getauxval(VDSO)
PADDING = page + 9  # of the identification at the beginning of an ELF file


def main(event, context):
    if event["step"] == "leave":
        if libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(4096), 7) < 0:
            return f"refused: {ctypes.get_errno()}"
        ctypes.memset(PADDING, ord("x"), 7)
        libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(4096), 5)
        return "left"
    return ctypes.string_at(PADDING, 7).hex()
