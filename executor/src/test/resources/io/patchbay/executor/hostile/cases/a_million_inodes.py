# Makes a million folders.
# expect: EXCEPTION OSError.*No space.*
# landlock: KILLED .*

import os


def main(event, context):
    for number in range(1_000_000):
        os.mkdir(str(number))
