# Keeps whatever it gets, 64 KiB at a time.
# expect: OUT_OF_MEMORY .*


def main(event, context):
    kept = []
    while True:
        kept.append(bytearray(1 << 16))
