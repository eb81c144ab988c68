# One call of the standard library that takes longer than the age of the universe.
# expect: TIMEOUT .*
# limit: 1s

import re


def main(event, context):
    re.match("(a+)+$", "a" * 60 + "b")
