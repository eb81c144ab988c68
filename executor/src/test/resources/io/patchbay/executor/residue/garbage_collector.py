# Adds callbacks of the garbage collector, and changes when it runs.
# leaves, put back
import gc


def main(event, context):
    if event["step"] == "leave":
        gc.callbacks.append(lambda phase, info: None)
        gc.set_threshold(1, 2, 3)
        gc.disable()
        gc.set_debug(gc.DEBUG_UNCOLLECTABLE)
        gc.garbage.append("left")
        gc.freeze()
        return gc.garbage[0]
    return [
        len(gc.callbacks),
        gc.get_threshold(),
        gc.isenabled(),
        gc.get_debug(),
        len(gc.garbage),
        gc.get_freeze_count(),
        gc.get_stats()[2]["collections"],
        gc.get_count()[1:],
    ]
