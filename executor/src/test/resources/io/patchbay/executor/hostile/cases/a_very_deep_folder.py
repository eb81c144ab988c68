# Makes folders within folders, deeper than any path can be long, and leaves them.
# expect: RETURNED 1500
# landlock: RETURNED 1500|KILLED .*|EXCEPTION OSError.*

import os


def main(event, context):
    for depth in range(1500):
        os.mkdir("folder")
        os.chdir("folder")
    return depth + 1
