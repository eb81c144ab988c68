"""The report: machine, goals, ratios, raw figures. All tables are Markdown."""

import datetime

import contestants

from . import goals as judging
from . import machine, plan
from .figures import range_of, ratios

# Figure, head of its column, format.
COLUMNS = (
    ("rps", "requests/s", "{:,.0f}"),
    ("p50_ms", "p50 ms", "{:.2f}"),
    ("p99_ms", "p99 ms", "{:.2f}"),
    ("max_ms", "longest ms", "{:.2f}"),
    ("cpu_ms", "CPU ms/request", "{:.4f}"),
    ("group_cpu_ms", "CPU ms by its cgroup", "{:.4f}"),
    ("stolen", "stolen s/s", "{:.3f}"),
    ("writes", "writes/request", "{:.2f}"),
    ("commits", "commits/request", "{:.2f}"),
    ("late_p99_ms", "client late by, p99 ms", "{:.3f}"),
)
# Figures that are shown round by round too.
BY_ROUND = ("rps", "cpu_ms")
REFERENCES = ("gunicorn", "uvicorn", "java-bubblewrap", "nginx", "nginx-proxy", "ours", "ours-api")


def write(workloads, results):
    goals = judging.read()
    judged = judging.judge(goals, results, [workload.name for workload in workloads])
    lines = [f"# Benchmark of {datetime.date.today()}, commit {machine.commit()}", ""]
    if results.quick:
        lines += ["**A quick run: it shows that the harness works. Its figures mean nothing.**", ""]
    lines += head(results)
    lines += goal_table(judged)
    for workload in workloads:
        lines += ["", f"## {workload.name}: {workload.title}"]
        for measure in plan.MEASURES[workload.name]:
            lines += raw_table(workload, measure, results)
            if measure.of is None:
                lines += ratio_table(workload, measure, results)
    lines += absent(results)
    file = machine.result_file(results.quick)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file, judged


def head(results):
    facts = [*machine.facts(), ("rounds", str(results.rounds))]
    facts.append(("work before anything ran", f"{results.idle:.3f} s a second, taken off"))
    facts += [(name, version) for name, version in results.versions.items()]
    return table(("", ""), facts)


def goal_table(judged):
    lines = ["", "## Goals", ""]
    rows = []
    for goal, verdict, conditions in judged:
        rows.append((goal["id"], goal["text"], "", "", f"**{verdict}**"))
        for one in conditions:
            verdict = one.verdict + (f": {one.reason}" if one.reason else "")
            rows.append(("", *described(one.condition), ranged(one.seen), verdict))
    return lines + table(("", "what", "bound", "measured", "verdict"), rows)


def described(condition):
    what = f"{condition['workload']} {condition['measure']}: {condition['figure']} of"
    what += f" {condition['of']}"
    if "against" in condition:
        what += f" / {condition['against']}"
    if "at_least" in condition:
        return what, f"at least {condition['at_least']:g}"
    return what, f"at most {condition['at_most']:g}"


def raw_table(workload, measure, results):
    names = [n for n in contestants.ALL if (workload.name, measure.name, n) in results.figures]
    if not names:
        return []

    def cell(name, figure, form):
        seen = range_of(results.values(workload.name, measure.name, name, figure))
        return "" if seen is None else form.format(seen.median)

    def by_round(name, figure, form):
        values = results.values(workload.name, measure.name, name, figure)
        return ", ".join("" if value is None else form.format(value) for value in values)

    columns = [c for c in COLUMNS if any(cell(name, c[0], c[2]) for name in names)]
    single = [c for c in columns if c[0] in BY_ROUND and results.rounds > 1]
    rows = [
        (
            results.titles[workload.name, name] + f" (`{name}`)",
            contestants.ALL[name].isolation,
            *[cell(name, figure, form) for figure, _, form in columns],
            *[by_round(name, figure, form) for figure, _, form in single],
        )
        for name in names
    ]
    heads = ["", "between calls", *[c[1] for c in columns], *[f"{c[1]}, rounds" for c in single]]
    return ["", f"### {measure.title}: medians of the rounds", "", *table(heads, rows)]


def ratio_table(workload, measure, results):
    """How ours compare with each reference: the median of the rounds' ratios, and their range."""
    rows = []
    for name in contestants.OURS:
        for reference in REFERENCES:
            if reference != name:
                cells = [
                    ranged(
                        ratios(
                            results.values(workload.name, measure.name, name, figure),
                            results.values(workload.name, measure.name, reference, figure),
                        )
                    )
                    for figure in ("rps", "p50_ms", "cpu_ms")
                ]
                if any(cells):
                    rows.append((f"{name} / {reference}", *cells))
    if not rows:
        return []
    lines = ["", f"### {measure.title}: ratios within one round, median (lowest to highest)", ""]
    return lines + table(("", "requests/s", "p50", "CPU"), rows)


def absent(results):
    if not results.absent:
        return []
    lines = ["", "## Not measured", ""]
    rows = [(name, workload, why) for (workload, name), why in results.absent.items()]
    return lines + table(("contestant", "workload", "why"), rows)


def ranged(seen):
    if seen is None:
        return ""
    return f"{short(seen.median)} ({short(seen.low)} to {short(seen.high)})"


def short(value):
    """Three figures, and no exponent of ten where the number is large."""
    return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def table(heads, rows):
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        cells = [str(cell).replace("|", "\\|").replace("\n", " ") for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return lines
