# Walks through all folders that it can read.
# leaves, put back
import os

seen = []


def main(event, context):
    if event["step"] == "leave":
        for folder, folders, files in os.walk("/usr/lib"):
            seen.append((folder, len(files)))
        return "left"
    return seen
