"""Loads the workload's handler from the file BENCH_HANDLER."""

import importlib.util
import os

_spec = importlib.util.spec_from_file_location("workload", os.environ["BENCH_HANDLER"])
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
main = _module.main
