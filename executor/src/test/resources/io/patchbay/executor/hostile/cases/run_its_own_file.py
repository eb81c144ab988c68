# Puts a program into /tmp, and maps it as code.
# expect: RETURNED \["PermissionError","PermissionError"]

import mmap
import os
import subprocess


def main(event, context):
    errors = []
    with open("/tmp/program", "wb") as file:
        file.write(b"#!/bin/sh\necho hello\n" + bytes(4096))
    os.chmod("/tmp/program", 0o777)
    try:
        subprocess.run(["/tmp/program"])
    except OSError as error:
        errors.append(type(error).__name__)
    with open("/tmp/program", "r+b") as file:
        try:
            mmap.mmap(file.fileno(), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)
        except OSError as error:
            errors.append(type(error).__name__)
    return errors
