# Tries settings of a process that nobody can see from outside.
# refused
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
SIGNAL_OF_PARENT, TIMER_SLACK, SUBREAPER, KEEP_CAPABILITIES, CLOCK, SPECULATION, DENORMAL = (
    (1, 15),
    (29, 77_000),
    (36, 1),
    (8, 1),
    (26, 2),
    (53, 1),
    (10, 1),
)
ALL = (
    SIGNAL_OF_PARENT,
    TIMER_SLACK,
    SUBREAPER,
    KEEP_CAPABILITIES,
    CLOCK,
    SPECULATION,
    DENORMAL,
)


def main(event, context):
    if event["step"] == "leave":
        done = [setting for setting in ALL if libc.prctl(*setting, 0, 0, 0) == 0]
        return f"left {done}" if done else "refused: all of them"
    return []
