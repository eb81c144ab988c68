# Starts a program of the machine.
# expect: EXCEPTION PermissionError.*

import subprocess


def main(event, context):
    return subprocess.run(["/usr/bin/id"]).returncode
