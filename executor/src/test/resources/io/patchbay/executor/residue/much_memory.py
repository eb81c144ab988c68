# Makes objects of 50 MB and keeps them.
# leaves, put back
kept = []


def main(event, context):
    if event["step"] == "leave":
        kept.append(bytearray(b"x") * 25_000_000)
        kept.append([bytes(1000) for _ in range(25_000)])
        return "left"
    return len(kept)
