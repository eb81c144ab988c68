# Deeper than readers of JSON have to stand.
# expect: BAD_RESULT .*200 levels.*


def main(event, context):
    nested = []
    for _ in range(300):
        nested = [nested]
    return nested
