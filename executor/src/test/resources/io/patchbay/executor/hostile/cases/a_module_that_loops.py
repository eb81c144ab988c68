# Never gets to main.
# expect: TIMEOUT .*
# limit: 1s

while True:
    pass


def main(event, context):
    return 1
