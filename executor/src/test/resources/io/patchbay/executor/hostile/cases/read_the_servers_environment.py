# Looks for variables of the program that started it.
# expect: RETURNED \[\]

import os

HARMLESS = {
    "HOME",
    "LANG",
    "LC_CTYPE",
    "MALLOC_ARENA_MAX",
    "PATH",
    "PWD",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
}


def main(event, context):
    return sorted(set(os.environ) - HARMLESS)
