# Longer than a source may be.
# expect: SYNTAX_ERROR .*5242880.*
# put: U+0023 5242880 times for @filler@


def main(event, context):
    return 1


@filler@
