# Tries to change its priority, processors and class of scheduling.
# refused
import os


def main(event, context):
    if event["step"] == "leave":
        done = []
        for change in (
            lambda: os.nice(5),
            lambda: os.setpriority(os.PRIO_PROCESS, 0, 10),
            lambda: os.sched_setaffinity(0, {0}),
            lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)),
        ):
            try:
                change()
                done.append("done")
            except OSError:
                pass
        return f"left {done}" if done else "refused: all of them"
    return sorted(os.sched_getaffinity(0)) != []
