# Tries to write wherever a folder or a file is, but in /tmp.
# refused
import os


def writable():
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if (folder, name) != ("/", "tmp")]
        if folder.count("/") > 4:
            folders.clear()
        for name in (".", *files):
            path = os.path.join(folder, name)
            if os.access(path, os.W_OK):
                yield path


def main(event, context):
    if event["step"] == "leave":
        done = []
        for path in writable():
            try:
                os.utime(path, ns=(77, 77))
                done.append(path)
            except OSError:
                pass
        return f"left {done}" if done else "refused: everywhere"
    return []
