# An exception whose text takes for ever.
# expect: TIMEOUT .*
# limit: 1s


class Odd(Exception):
    def __str__(self):
        while True:
            pass


def main(event, context):
    raise Odd()
