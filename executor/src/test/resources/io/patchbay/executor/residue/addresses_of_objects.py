# Has new objects lie at other addresses.
# leaves, put back
kept = []
begin = id(object())


def main(event, context):
    if event["step"] == "leave":
        kept.extend(object() for _ in range(100_000))
        return "left"
    return [id(object()) == begin, abs(id([]) - begin) < 1 << 24]
