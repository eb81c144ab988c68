# Puts lines of files into the caches of tracebacks.
# leaves, put back
import linecache
import re
import tokenize  # noqa: F401


def main(event, context):
    if event["step"] == "leave":
        linecache.cache["left"] = (4, None, ["left"], "left")
        linecache.getlines("/etc/passwd")
        re.compile("left (as a pattern)")
        return "left"
    return [sorted(linecache.cache) == ["<handler>"] or len(linecache.cache), len(re._cache)]
