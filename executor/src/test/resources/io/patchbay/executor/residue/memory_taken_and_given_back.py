# Takes and gives back much memory in small pieces, as any program does.
# leaves, put back
seen = []


def main(event, context):
    if event["step"] == "leave":
        much = [bytes(1000) for _ in range(30_000)]
        more = [str(number) for number in range(300_000)]
        seen.append(len(much) + len(more))
        return f"left {seen[-1]}"
    return seen
