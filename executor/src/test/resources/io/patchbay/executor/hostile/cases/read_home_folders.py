# Looks where people and programs keep what is theirs.
# expect: RETURNED \[\]

import os

PLACES = ("/root", "/home", "/var", "/run", "/sys", "/proc", "/boot", "/srv", "/tmp/.launcher")


def main(event, context):
    return [place for place in PLACES if os.path.exists(place)]
