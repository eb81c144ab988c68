# Looks for variables of the program that started it.
# expect: RETURNED \[\]

import os

HARMLESS = {
    "HOME",
    "LANG",
    "LC_CTYPE",
    "LOCALDOMAIN",
    "MALLOC_ARENA_MAX",
    "OPENSSL_CONF",
    "PATH",
    "PWD",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHASHSEED",
    "PYTHONUTF8",
    "REQUESTS_CA_BUNDLE",
    "RES_OPTIONS",
    "SSL_CERT_FILE",
    "TMPDIR",
}


def main(event, context):
    return sorted(set(os.environ) - HARMLESS)
