# Makes a program of its own, and maps it as code.
# expect: RETURNED \["PermissionError","PermissionError"]
# landlock: RETURNED \["PermissionError"]

import mmap
import os
import subprocess


def main(event, context):
    errors = []
    with open(os.open("program", os.O_CREAT | os.O_WRONLY, 0o777), "wb") as file:
        file.write(b"#!/bin/sh\necho hello\n" + bytes(4096))
    try:
        subprocess.run([os.path.abspath("program")])
    except OSError as error:
        errors.append(type(error).__name__)
    with open("program", "r+b") as file:
        try:
            mmap.mmap(file.fileno(), 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC)
        except OSError as error:
            errors.append(type(error).__name__)
    return errors
