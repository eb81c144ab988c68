# Ends as Python programs do, before main is even defined.
# expect: EXCEPTION SystemExit.*

import sys

sys.exit(0)


def main(event, context):
    return 1
