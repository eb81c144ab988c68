# Reads the machine's password hashes.
# expect: EXCEPTION FileNotFoundError.*


def main(event, context):
    with open("/etc/shadow") as file:
        return file.read()
