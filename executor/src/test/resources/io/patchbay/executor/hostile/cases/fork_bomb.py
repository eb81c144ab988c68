# Forks for ever, before main is even defined.
# expect: EXCEPTION PermissionError.*

import os

while True:
    os.fork()


def main(event, context):
    return 1
