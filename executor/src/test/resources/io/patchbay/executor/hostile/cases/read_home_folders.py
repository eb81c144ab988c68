# Looks where people and programs keep what is theirs.
# expect: RETURNED \[\]

import os

PLACES = ("/root", "/home", "/var", "/run", "/sys", "/proc", "/boot", "/srv", "/tmp/.launcher")


def main(event, context):
    found = []
    for place in PLACES:
        try:
            found += [place, os.listdir(place)]
        except (FileNotFoundError, PermissionError):
            pass
    return found
