# Adds a finder, a path and a hook of imports.
# leaves, put back
import sys


class Finder:
    @staticmethod
    def find_spec(name, path, target=None):
        return None


def main(event, context):
    if event["step"] == "leave":
        sys.meta_path.insert(0, Finder)
        sys.path.insert(0, "left")
        sys.path_hooks.append(Finder)
        sys.path_importer_cache["left"] = None
        return "left"
    return [
        len(sys.meta_path),
        len(sys.path_hooks),
        "left" in sys.path,
        "left" in sys.path_importer_cache,
    ]
