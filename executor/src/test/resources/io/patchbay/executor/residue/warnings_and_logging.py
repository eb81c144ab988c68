# Adds filters of warnings and handlers of logs.
# leaves, put back
import logging
import warnings


def main(event, context):
    if event["step"] == "leave":
        warnings.simplefilter("ignore")
        warnings.warn("left", stacklevel=1)
        logging.getLogger("left").addHandler(logging.NullHandler())
        logging.getLogger().setLevel(logging.ERROR)
        logging.addLevelName(77, "left")
        logging.disable(logging.CRITICAL)
        return "left"
    return [
        len(warnings.filters),
        "__warningregistry__" in globals(),
        "left" in logging.root.manager.loggerDict,
        logging.root.level,
        logging.root.manager.disable,
        logging.getLevelName(77),
    ]
