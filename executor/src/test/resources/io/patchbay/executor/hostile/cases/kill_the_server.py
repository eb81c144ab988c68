# Signals the server's process by the number that it has on the machine.
# expect: EXCEPTION (ProcessLookupError|PermissionError).*

import os


def main(event, context):
    os.kill(event["server"], 9)
