# Makes a file in /tmp and removes it, which changes the number of the next one.
# leaves, discarded
import os


def main(event, context):
    if event["step"] == "leave":
        open("left", "w").close()
        os.remove("left")
        try:
            os.utime(".", ns=(0, 0))
        except PermissionError:
            pass  # Landlock lets nobody set times
        return "left"
    return os.stat(".").st_mtime_ns > 0
