# Raises flags of the processor's arithmetic.
# leaves, put back
import ctypes

libm = ctypes.CDLL("libm.so.6")
INVALID = 1


def main(event, context):
    if event["step"] == "leave":
        libm.feraiseexcept(INVALID)
        return "left" if libm.fetestexcept(INVALID) else "nothing"
    return libm.fetestexcept(INVALID)
