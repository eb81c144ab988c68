# Prints 256 million lines with nothing in them.
# expect: RETURNED 1


def main(event, context):
    for _ in range(256):
        print("\n" * (1 << 20))
    return 1
