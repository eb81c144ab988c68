# Writes to all of 20 MB that the module has filled.
# leaves, put back
SIZE = 20 << 20
memory = bytearray(b"a") * SIZE


def main(event, context):
    if event["step"] == "leave":
        memory[:] = b"b" * SIZE
        return "left"
    return memory.count(b"a") == SIZE
