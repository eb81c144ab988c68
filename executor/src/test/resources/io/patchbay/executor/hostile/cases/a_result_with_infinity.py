# Infinity, which JSON does not have.
# expect: BAD_RESULT .*


def main(event, context):
    return [float("inf")]
