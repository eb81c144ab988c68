# Closes its connection, its output and all else.
# expect: NO_RESULT .*

import os


def main(event, context):
    os.closerange(0, 256)
