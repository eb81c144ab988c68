"""Sums all test results, names what was skipped and why, and prints the last line of ./test.

Usage: sum_results.py ROOT PYTHON_RESULTS BUILD_STATUS

Exits with 0 only when the build succeeded, something passed and nothing failed.
"""

import collections
import json
import pathlib
import sys
import xml.etree.ElementTree


def main(root, python_results, build_status):
    total = json.loads(pathlib.Path(python_results).read_text())
    skipped = collections.Counter(total["skipped"])
    passed, failed = total["passed"], total["failed"]
    for report in sorted(pathlib.Path(root).glob("*/target/*-reports/TEST-*.xml")):
        for case in cases(report):
            outcome, detail = outcome_of(case)
            passed += outcome == "passed"
            if outcome == "skipped":
                skipped[detail] += 1
            elif outcome == "failed":
                failed += 1
                print(f"failed: {detail}")
    for reason, count in sorted(skipped.items()):
        print(f"skipped {count}: {reason}")
    if build_status != 0:
        print(f"The build itself failed with status {build_status}: see its messages above.")
        failed = max(failed, 1)
    print(f"{passed} passed, {failed} failed, {sum(skipped.values())} skipped")
    return 0 if passed and not failed else 1


def cases(report):
    """The test cases of a report; one that was cut off counts as a failed case."""
    try:
        return list(xml.etree.ElementTree.parse(report).getroot().iter("testcase"))
    except xml.etree.ElementTree.ParseError:
        case = xml.etree.ElementTree.Element("testcase", name=f"{report.name} is not well-formed")
        xml.etree.ElementTree.SubElement(case, "error")
        return [case]


def outcome_of(case):
    name = f"{case.get('classname', '')} {case.get('name', '')}".strip()
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed", name
    skip = case.find("skipped")
    if skip is not None:
        return "skipped", (skip.get("message") or skip.text or "no reason given").strip()
    return "passed", name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
