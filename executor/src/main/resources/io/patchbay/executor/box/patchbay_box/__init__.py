"""What runs inside the box: the launcher, and what a call process does before the builder's code.

Read in this order: launcher (one process, serves for long), call_process (one per call),
enter_box (what closes the box of a call), runner (the builder's code), then frames, output,
network, seccomp and syscalls, which those use. Standard library only, CPython 3.9 or newer.
"""
