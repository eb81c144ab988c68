# Fills its temporary folder.
# expect: EXCEPTION OSError.*(No space|too large).*
# landlock: KILLED .*


def main(event, context):
    for number in range(1_000_000):
        with open(f"{number % 200}", "wb") as file:
            file.write(b"x" * (1 << 20))
