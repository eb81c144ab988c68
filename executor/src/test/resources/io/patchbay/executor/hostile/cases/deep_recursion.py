# Calls itself for ever.
# expect: EXCEPTION RecursionError.*


def main(event, context):
    return main(event, context)
