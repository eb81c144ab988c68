# A value whose methods run while the result is being written.
# expect: BAD_RESULT .*|RETURNED .*|TIMEOUT .*
# limit: 1s


class Odd(dict):
    def __init__(self):
        super().__init__(body="x")

    def items(self):
        while True:
            pass

    get = items


def main(event, context):
    return Odd()
