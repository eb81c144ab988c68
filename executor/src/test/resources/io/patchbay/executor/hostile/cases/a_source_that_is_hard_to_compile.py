# Ninety thousand brackets, which a compiler follows into the depth.
# expect: (SYNTAX_ERROR|OUT_OF_MEMORY|KILLED|EXCEPTION) .*
# put: U+0028 90000 times for @brackets@


def main(event, context):
    return @brackets@
