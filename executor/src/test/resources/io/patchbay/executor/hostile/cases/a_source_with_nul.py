# Holds a NUL character, at which a reader in C would stop.
# expect: SYNTAX_ERROR .*NUL.*
# put: U+0000 for @nul@


def main(event, context):
    return "@nul@"
