# Opens a file of the server's that every user of the machine may read.
# expect: EXCEPTION FileNotFoundError.*


def main(event, context):
    with open(event["secret"]) as file:
        return file.read()
