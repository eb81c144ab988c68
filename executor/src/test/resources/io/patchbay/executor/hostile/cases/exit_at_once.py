# Ends its process without a word.
# expect: NO_RESULT .*3.*

import os


def main(event, context):
    os._exit(3)
