# Prints a quarter of a gigabyte.
# expect: RETURNED 1


def main(event, context):
    for _ in range(256):
        print("x" * (1 << 20))
    return 1
