# Calls the kernel by the 32-bit door, where numbers mean other calls: mov eax, 20; int 0x80; ret.
# expect: KILLED .*

import ctypes
import mmap

GETPID = bytes.fromhex("b814000000cd80c3")


def main(event, context):
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
