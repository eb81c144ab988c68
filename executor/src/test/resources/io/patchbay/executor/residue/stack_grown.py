# Fills much of the stack and leaves it there, below where the stack ends afterwards.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
begin = ctypes.c_size_t.in_dll(libc, "program_invocation_name").value
DEEP = 1 << 20


def main(event, context):
    found = ctypes.string_at(begin - DEEP, 4)
    if event["step"] == "leave":
        ctypes.memmove(begin - DEEP, b"left", 4)
        return ctypes.string_at(begin - DEEP, 4).decode()
    return found.hex()
