# Returns far too much.
# expect: RESULT_TOO_LARGE .*


def main(event, context):
    return "x" * (50 << 20)
