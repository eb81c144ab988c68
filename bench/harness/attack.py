"""How an attack is written down, and the process that carries one out.

An attack is a function that prepares (bots, endpoints), and returns what each caller does again and
again until the time is up. It runs in a process of its own, below the priority of the server: what
is measured is the server's work, and attackers sit elsewhere. It ends by itself.
"""

import collections
import json
import os
import sys
import threading

from .checks import Wrong
from .site import Refused, Site

ALL = {}
# Threads of a strike, at most, and what its process may open.
MOST_CALLERS = 256
NICE = 10

Attack = collections.namedtuple("Attack", "name title function callers saturates")


def attack(title, callers=4, saturates=False):
    """Registers an attack under the name of its function.

    callers: threads that do what it returns. saturates: it takes the processors by itself inside of
    boxes, so that its figures are reported and not judged.
    """

    def register(function):
        name = function.__name__.replace("_", "-")
        if name in ALL:
            raise ValueError(f"two attacks are called {name}")
        ALL[name] = Attack(name, title, function, min(callers, MOST_CALLERS), saturates)
        return function

    return register


def main(arguments):
    """What bench/neighbours starts: the name as its argument, the order on standard input, a line
    `ready` once all is prepared (JSON that says why where it cannot be), then a line to begin, then
    the outcome as a line of JSON."""
    import attacks  # noqa: F401  registers them

    chosen = ALL[arguments[0]]
    order = json.loads(sys.stdin.readline())
    os.nice(NICE)
    site = Site(order["address"], order["token"], order["seconds"])
    try:
        strike = chosen.function(site)
    except (Wrong, OSError) as error:
        refused = isinstance(error, Refused)
        said = {"made": site.made, "refused": refused, "why": str(error)}
        print(json.dumps(said), flush=True)
        return 0
    site.counts.clear()
    print("ready", flush=True)
    sys.stdin.readline()
    run(site, strike, chosen.callers)
    print(json.dumps({"made": site.made, "counts": site.counts}), flush=True)
    # Nothing that still holds on to the server outlives the strike.
    os._exit(0)


def run(site, strike, callers):
    site.begin()
    threads = [
        threading.Thread(target=repeat, args=(site, strike), daemon=True) for _ in range(callers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(site.left() + 1)
    for close in site.closing:
        close()


def repeat(site, strike):
    while site.left() > 0:
        try:
            strike()
        except OSError:
            # Refused, reset, too late: an attacker comes back, but not in a circle of no time.
            threading.Event().wait(0.01)
    site.hang_up()
