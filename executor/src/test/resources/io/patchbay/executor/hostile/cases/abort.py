# Gives up by a signal.
# expect: KILLED .*

import os


def main(event, context):
    os.abort()
