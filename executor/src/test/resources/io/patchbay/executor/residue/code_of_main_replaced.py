# Replaces the code and the defaults of main itself.
# leaves, put back
def other(event, context):
    return "of another"


def main(event, context, count=[]):
    if event["step"] == "leave":
        count.append("left")
        main.__code__ = other.__code__
        main.__kwdefaults__ = {"left": "left"}
        return count[0]
    return [len(count), str(main.__kwdefaults__)]
