# Holds half of a surrogate pair, which no encoding has.
# expect: SYNTAX_ERROR .*surrogate.*
# put: U+D800 for @half@


def main(event, context):
    return "@half@"
