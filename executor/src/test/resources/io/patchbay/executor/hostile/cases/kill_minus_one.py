# Kills everything that it may kill.
# expect: EXCEPTION ProcessLookupError.*
# landlock: RETURNED null

import os


def main(event, context):
    os.kill(-1, 9)
