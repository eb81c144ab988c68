# Fills registers that most programs leave alone: a segment's base, vectors and the old stack.
# leaves, put back
import ctypes
import mmap

libc = ctypes.CDLL(None)
HARDWARE, KNOWS_BASES = 26, 2
# Where the kernel does not know of them, nobody saves the bases between processes either.
BASES = libc.getauxval(HARDWARE) & KNOWS_BASES
WRITE = bytes.fromhex(
    "f3480faedf" * (BASES > 0)  # wrgsbase rdi
    + "66480f6ef7"  # movq xmm6, rdi
    + "66440f6fee"  # movdqa xmm13, xmm6
    + "66440f6ffe"  # movdqa xmm15, xmm6
    + "dbe3"  # fninit
    + "d9eb"  # fldpi
    + "c3"  # ret
)
READ = bytes.fromhex(
    "31c0"  # xor eax, eax
    + "f3480faec8" * (BASES > 0)  # rdgsbase rax
    + "66440f7e2f"  # movd [rdi], xmm13
    + "66440f7e7f04"  # movd [rdi+4], xmm15
    + "d97708"  # fnstenv [rdi+8]
    + "d96708"  # fldenv [rdi+8]
    + "c3"  # ret
)
page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
page.write(WRITE)
page.seek(128)
page.write(READ)
at = ctypes.addressof(ctypes.c_char.from_buffer(page))
write = ctypes.CFUNCTYPE(None, ctypes.c_size_t)(at)
read = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p)(at + 128)
EMPTY = 0xFFFF


def look():
    seen = (ctypes.c_uint32 * 16)()
    base = read(seen)
    return [base, seen[1], seen[4] & EMPTY]


def main(event, context):
    if event["step"] == "leave":
        write(0x12345000)
        return "left" if look()[2] != EMPTY else "nothing"
    return look()
