# Never returns.
# expect: TIMEOUT .*
# limit: 1s


def main(event, context):
    while True:
        pass
