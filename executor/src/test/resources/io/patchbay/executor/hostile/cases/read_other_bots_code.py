# Searches its memory of modules, frames, objects and files for the source of other code.
# expect: RETURNED \[\]

import gc
import linecache
import sys

# In pieces, so that it does not find itself.
MARK = " ".join(("the", "neighbour's", "own", "code"))


def main(event, context):
    found = []
    for name, entry in linecache.cache.items():
        if len(entry) > 2 and any(MARK in line for line in entry[2]):
            found.append(name)
    for module in list(sys.modules.values()):
        if MARK in (getattr(module, "__doc__", None) or ""):
            found.append(module.__name__)
    for thing in gc.get_objects():
        if isinstance(thing, (list, tuple)) and any(
            isinstance(part, (str, bytes)) and MARK in str(part) for part in thing
        ):
            found.append(type(thing).__name__)
    return found
