# Asks for a terabyte.
# expect: OUT_OF_MEMORY .*


def main(event, context):
    return len(b"x" * (1 << 40))
