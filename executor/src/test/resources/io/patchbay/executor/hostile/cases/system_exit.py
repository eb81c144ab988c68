# Ends its process as Python programs do.
# expect: EXCEPTION SystemExit.*

import sys


def main(event, context):
    sys.exit(0)
