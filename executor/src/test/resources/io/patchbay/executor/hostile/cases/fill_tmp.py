# Writes 100 MB into /tmp.
# expect: EXCEPTION OSError.*(No space|too large).*


def main(event, context):
    for number in range(100):
        with open(f"/tmp/{number}", "wb") as file:
            file.write(b"x" * (1 << 20))
