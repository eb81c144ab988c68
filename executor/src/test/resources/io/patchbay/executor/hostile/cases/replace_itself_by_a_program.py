# Executes a program in the place of its own, which would have other limits and no filter of ours.
# expect: EXCEPTION PermissionError.*

import os


def main(event, context):
    os.execv("/usr/bin/sleep", ["sleep", "60"])
