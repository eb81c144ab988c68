# Makes identifiers from the time and the machine.
# differs
import email.utils
import uuid

uuid.uuid1()


def main(event, context):
    return [str(uuid.uuid1()), email.utils.make_msgid(domain="example.com")]
