# Writes to the padding of the kernel's page of code in the process, and protects it again.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.getauxval.restype = ctypes.c_size_t
CODE_OF_THE_KERNEL = 33
page = libc.getauxval(CODE_OF_THE_KERNEL)
PADDING = page + 9  # of the identification at the beginning of an ELF file


def protect(pages, rights):
    """All of it or nothing."""
    return libc.mprotect(ctypes.c_void_p(page), ctypes.c_size_t(pages * 4096), rights)


def main(event, context):
    if event["step"] == "leave":
        pages = next((count for count in range(1, 9) if protect(count, 7) == 0), 0)
        if pages == 0:
            return f"refused: {ctypes.get_errno()}"
        ctypes.memset(PADDING, ord("x"), 7)
        protect(pages, 5)
        return "left"
    return ctypes.string_at(PADDING, 7).hex()
