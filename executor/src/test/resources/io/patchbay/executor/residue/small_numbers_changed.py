# Changes the value of the number 200, of which there is one only.
# leaves, put back
import ctypes

VALUE = 24  # where in an object of one digit


def main(event, context):
    number = int("200")
    if event["step"] == "leave":
        digit = ctypes.c_uint32.from_address(id(number) + VALUE)
        digit.value = 201
        return "left" if int("200") == int("100") + int("101") else "nothing"
    return [int("199") + 1, 20 * 10]
