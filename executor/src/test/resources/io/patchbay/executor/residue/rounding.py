# Makes the processor round upwards.
# leaves, put back
import ctypes

libm = ctypes.CDLL("libm.so.6")
UPWARD = 0x800
one, little = 1.0, float("1e-30")


def main(event, context):
    if event["step"] == "leave":
        libm.fesetround(UPWARD)
        return "left" if one + little > one else "nothing"
    return [libm.fegetround(), one + little > one]
