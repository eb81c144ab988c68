"""The harness: plan, load, CPU accounting, verdicts, report."""
