"""What runs inside the box: the launcher, and what a call process does before the builder's code.

Read in this order: launcher (one process, serves for long), call_process (one per call),
containment (what closes the box of a call) with namespaces and enter_box or landlock,
landlock_rules and call_folders, runner (the builder's code), then frames, output, network, seccomp
and syscalls, which those use, with the processors' tables. Standard library only, CPython 3.9 or
newer.
"""
