# Opens a file of the server's that every user of the machine may read.
# expect: EXCEPTION FileNotFoundError.*
# landlock: EXCEPTION PermissionError.*


def main(event, context):
    with open(event["secret"]) as file:
        return file.read()
