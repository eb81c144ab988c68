# A set, which JSON does not have.
# expect: BAD_RESULT .*


def main(event, context):
    return {1}
