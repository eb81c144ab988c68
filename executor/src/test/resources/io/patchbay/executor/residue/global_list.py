# Grows a list of the module.
# leaves, put back
seen = []


def main(event, context):
    if event["step"] == "leave":
        seen.append("left")
        return seen[-1]
    return seen
