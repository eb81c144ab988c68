# Fills a file in memory, which no limit of address space counts.
# expect: EXCEPTION (PermissionError|OSError).*

import os


def main(event, context):
    file = os.memfd_create("x")
    while True:
        os.write(file, b"x" * (1 << 20))
