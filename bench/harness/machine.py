"""What machine this is, and what of the repository runs on it."""

import datetime
import os
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def facts():
    """[(name, value)] for the head of a report."""
    return [
        ("processors", f"{os.cpu_count()} x {processor()}"),
        ("memory", f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GiB"),
        ("kernel", platform.release()),
        ("system", field("/etc/os-release", "PRETTY_NAME=").strip('"') or platform.system()),
        ("virtual machine", command("systemd-detect-virt", "--vm") or "not known"),
        ("Python of the peers", "/usr/bin/python3, " + command("/usr/bin/python3", "--version")),
        ("load generator", command("wrk", "-v").split(" Copyright")[0] or "none"),
    ]


def processor():
    return field("/proc/cpuinfo", "model name").lstrip("\t :") or platform.machine()


def field(path, name):
    """What stands behind the name on the first line that begins with it."""
    try:
        lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line[len(name) :].strip() for line in lines if line.startswith(name)), "")


def commit():
    """The short name of the commit, with a mark where files that git knows have changed."""
    name = git("rev-parse", "--short", "HEAD") or "unknown"
    return name + "-changed" if git("status", "--porcelain", "--untracked-files=no") else name


def git(*arguments):
    return command("git", "-C", str(ROOT), *arguments)


def command(*words):
    """The first line of what a program says, or nothing where there is no such program."""
    try:
        run = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    lines = (run.stdout or run.stderr).strip().splitlines()
    return lines[0] if lines else ""


def result_file(quick, suffix=""):
    """Where a report of today and this commit goes. Quick ones are not kept in git."""
    folder = ROOT / "bench" / "results"
    folder.mkdir(exist_ok=True)
    mark = "-quick" if quick else ""
    return folder / f"{datetime.date.today()}-{commit()}{suffix}{mark}.md"
