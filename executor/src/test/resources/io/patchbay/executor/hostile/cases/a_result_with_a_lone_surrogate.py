# Half of a character, which cannot be encoded.
# expect: BAD_RESULT .*


def main(event, context):
    return "\ud800"
