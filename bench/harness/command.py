"""The command line of bench/run."""

import argparse
import signal
import sys

import contestants

from . import plan, report
from .rounds import Results, Rounds
from .workload import workloads


def main(arguments):
    options = parse(arguments)
    # So that what was started is ended, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    known = workloads()
    chosen = [known[name] for name in options.workloads or known]
    lengths = plan.QUICK if options.quick else plan.Lengths()
    rounds = options.rounds or (1 if options.quick else 3)
    results = Results(rounds, options.quick)
    Rounds(chosen, options.against, lengths, results, say).run()
    file, judged = report.write(chosen, results)
    for goal, verdict, _ in judged:
        print(f"{goal['id']}  {verdict:<11} {goal['text']}")
    print(f"written: {file}")
    # What was measured is an answer, met or not; ours failing is not.
    broken = [key for key, why in results.absent.items() if is_ours_broken(key, why)]
    for workload, name in broken:
        say(f"{workload}, {name} is {results.absent[workload, name]}")
    return 1 if broken else 0


def is_ours_broken(key, why):
    return key[1] in contestants.OURS and why.startswith("out:")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures the server.")
    parser.add_argument("workloads", nargs="*", metavar="W1|W2|W3", help="all where none is named")
    parser.add_argument(
        "--against",
        metavar="NAME,...",
        type=lambda names: names.split(","),
        help="only these peers: " + ", ".join(contestants.PEERS),
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="3 where not given")
    parser.add_argument("--quick", action="store_true", help="one short round, for trying it out")
    options = parser.parse_args(arguments)
    for name in options.workloads:
        if name not in plan.MEASURES:
            parser.error(f"there is no workload {name}; there is {', '.join(plan.MEASURES)}")
    for name in options.against or []:
        if name not in contestants.PEERS:
            parser.error(f"there is no peer {name}; there is {', '.join(contestants.PEERS)}")
    if options.rounds is not None and options.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return options


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)
