# Writes to pages of the stack below its end, and looks there.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
begin = ctypes.c_size_t.in_dll(libc, "program_invocation_name").value
BELOW = 80 << 10


def main(event, context):
    found = ctypes.string_at(begin - BELOW, 4)
    if event["step"] == "leave":
        ctypes.memmove(begin - BELOW, b"left", 4)
        return ctypes.string_at(begin - BELOW, 4).decode()
    return found == b"left"
