# Sets variables of the environment in the C library, where Python does not look.
# leaves, put back
import ctypes

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p


def main(event, context):
    if event["step"] == "leave":
        for number in range(1000):
            libc.setenv(b"LEFT%d" % number, b"left", 1)
        libc.putenv(b"LEFT=left")
        return libc.getenv(b"LEFT").decode()
    return [libc.getenv(name) is None for name in (b"LEFT", b"LEFT0", b"LEFT999")]
