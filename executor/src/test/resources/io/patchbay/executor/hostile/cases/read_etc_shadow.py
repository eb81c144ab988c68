# Reads the machine's password hashes.
# expect: EXCEPTION FileNotFoundError.*
# landlock: EXCEPTION PermissionError.*


def main(event, context):
    with open("/etc/shadow") as file:
        return file.read()
