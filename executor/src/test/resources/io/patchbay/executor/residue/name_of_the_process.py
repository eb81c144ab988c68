# Gives the process another name.
# leaves, discarded
import ctypes

libc = ctypes.CDLL(None)
SET, GET = 15, 16


def main(event, context):
    name = ctypes.create_string_buffer(16)
    if event["step"] == "leave":
        return "left" if libc.prctl(SET, b"left") == 0 else "nothing"
    libc.prctl(GET, name)
    return name.value.decode()
