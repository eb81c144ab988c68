"""Entry point of the launcher: small stacks first, then the real program.

RLIMIT_STACK counts only from the next exec on: the C library takes the stack size of new threads
from it when it starts. So this file sets the limit and executes itself once more.
"""

import os
import resource
import sys

STACK_BYTES = 2 << 20

if resource.getrlimit(resource.RLIMIT_STACK) != (STACK_BYTES, STACK_BYTES):
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, STACK_BYTES))
    flags = ["-I", "-S", "-B", "-X", "utf8"]
    os.execv(sys.executable, [sys.executable, *flags, __file__, *sys.argv[1:]])

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from patchbay_box import launcher  # noqa: E402

launcher.main(sys.argv[1])
