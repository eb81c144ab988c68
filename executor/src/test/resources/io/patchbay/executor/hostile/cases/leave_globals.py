# Changes what a later call would see, were it to share anything: built-ins, modules, handlers.
# expect: RETURNED "left behind"

import builtins
import json
import logging
import sys

counter = 0


def main(event, context):
    global counter
    counter += 1
    builtins.left_behind = True
    builtins.print = None
    sys.modules["left_behind"] = sys
    sys.path.insert(0, "/tmp")
    json.dumps = lambda *args, **kwargs: '"left behind"'
    logging.getLogger().handlers.clear()
    logging.disable(logging.CRITICAL)
    return counter
