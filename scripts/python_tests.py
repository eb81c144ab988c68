"""Runs the unittest folders that are named and writes what came of them as JSON.

Usage: python_tests.py RESULTS FOLDER ...

Each folder runs in a process of its own, so that modules of the same name do not meet.
RESULTS: {"passed": int, "failed": int, "skipped": {reason: count}}. Always exits with 0 once it
is written: the sum decides.
"""

import json
import pathlib
import subprocess
import sys
import unittest


def main(arguments):
    results, *folders = arguments
    total = {"passed": 0, "failed": 0, "skipped": {}}
    for folder in folders:
        run = subprocess.run(
            [sys.executable, "-B", __file__, "--one", folder], stdout=subprocess.PIPE, check=False
        )
        add(total, counts_of(run, folder))
    pathlib.Path(results).write_text(json.dumps(total))


def counts_of(run, folder):
    """The counts that the child printed; a child that died counts as one failure."""
    try:
        return json.loads(run.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        print(f"{folder}: ended with status {run.returncode} and no result", file=sys.stderr)
        return {"passed": 0, "failed": 1, "skipped": {}}


def add(total, counts):
    total["passed"] += counts["passed"]
    total["failed"] += counts["failed"]
    for reason, count in counts["skipped"].items():
        total["skipped"][reason] = total["skipped"].get(reason, 0) + count


def run_one(folder):
    suite = unittest.TestLoader().discover(folder, top_level_dir=folder)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    skipped = {}
    for _, reason in result.skipped:
        skipped[reason] = skipped.get(reason, 0) + 1
    # A class or module that fails to load is an error without having run.
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    if result.testsRun == 0 and failed == 0:
        print(f"{folder}: holds no test", file=sys.stderr)
        failed = 1
    passed = max(0, result.testsRun - failed - len(result.skipped))
    print(json.dumps({"passed": passed, "failed": failed, "skipped": skipped}))


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        run_one(sys.argv[2])
    else:
        main(sys.argv[1:])
