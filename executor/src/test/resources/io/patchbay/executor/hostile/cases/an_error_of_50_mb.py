# An exception with far too much text.
# expect: EXCEPTION ValueError: x{100,60000}.*


def main(event, context):
    raise ValueError("x" * (50 << 20))
