# Writes to every other page of 64 MB.
# leaves, put back
SIZE = 64 << 20
memory = bytearray(SIZE)


def main(event, context):
    if event["step"] == "leave":
        memory[::8192] = b"x" * (SIZE // 8192)
    return "left" if event["step"] == "leave" else memory.count(b"x")
