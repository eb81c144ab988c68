# As long as a source may be, in one comment.
# expect: RETURNED 1
# put: U+0023 5242000 times for @filler@


def main(event, context):
    return 1


@filler@
