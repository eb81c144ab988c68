# Looks at the order of a set, which a new seed of hashes would change.
# leaves, put back
seen = set()


def main(event, context):
    if event["step"] == "leave":
        seen.update(map(str, range(1000)))
        return "left"
    return [len(seen), hash("a text") == hash("a" + " text")]
