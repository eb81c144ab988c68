# Ends its process before main is even defined.
# expect: NO_RESULT .*

import os

os._exit(0)


def main(event, context):
    return 1
