# A short text whose constant has a billion elements.
# expect: (SYNTAX_ERROR|OUT_OF_MEMORY|KILLED|EXCEPTION|RETURNED|TIMEOUT) .*
# limit: 5s


def main(event, context):
    return len(((1,) * 1000, (2,) * 1000) * 100_000_000)
