# A list without an end.
# expect: BAD_RESULT .*


def main(event, context):
    endless = []
    endless.append(endless)
    return endless
