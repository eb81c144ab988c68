# Deeper than Python can write.
# expect: BAD_RESULT .*


def main(event, context):
    nested = []
    for _ in range(10_000):
        nested = [nested]
    return nested
