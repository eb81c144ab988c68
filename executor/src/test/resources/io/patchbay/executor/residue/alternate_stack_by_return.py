# Sets the stack of signal handlers by a made-up return from a handler, not by the call for it.
# leaves, discarded
import ctypes
import mmap
import struct

libc = ctypes.CDLL(None)
code = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
code.write(
    bytes.fromhex(
        "4889a7a0000000"  # mov [rdi+160], rsp
        "48899f80000000"  # mov [rdi+128], rbx
        "4889af78000000"  # mov [rdi+120], rbp
        "4c896748"  # mov [rdi+72], r12
        "4c896f50"  # mov [rdi+80], r13
        "4c897758"  # mov [rdi+88], r14
        "4c897f60"  # mov [rdi+96], r15
        "488d0511000000"  # lea rax, [rip+17]
        "488987a8000000"  # mov [rdi+168], rax
        "4889fc"  # mov rsp, rdi
        "b80f000000"  # mov eax, 15
        "0f05"  # syscall
        "c3"  # ret
    )
)
swap = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(ctypes.addressof(ctypes.c_char.from_buffer(code)))


class Stack(ctypes.Structure):
    _fields_ = [("at", ctypes.c_size_t), ("flags", ctypes.c_int), ("size", ctypes.c_size_t)]


def stack():
    now = Stack()
    libc.sigaltstack(None, ctypes.byref(now))
    return [now.at, now.flags, now.size]


begin = stack()


def main(event, context):
    if event["step"] == "leave":
        context_of_signal = ctypes.create_string_buffer(1024)
        struct.pack_into("<QiiQ", context_of_signal, 16, 0x123456000, 0, 0, 65536)
        struct.pack_into("<Q", context_of_signal, 176, 0x202)  # flags of the processor
        struct.pack_into("<HHHH", context_of_signal, 184, 0x33, 0, 0, 0x2B)
        swap(context_of_signal)
        return "left" if stack()[0] == 0x123456000 else f"nothing: {stack()}"
    return stack() == begin
