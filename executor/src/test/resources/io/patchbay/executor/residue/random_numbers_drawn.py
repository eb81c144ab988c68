# Draws numbers from every generator of the standard library.
# differs
import random
import secrets
import ssl
import tempfile
import uuid

ssl.RAND_bytes(8)


def main(event, context):
    return [
        random.getrandbits(64),
        secrets.token_hex(8),
        ssl.RAND_bytes(8).hex(),
        str(uuid.uuid4()),
        next(tempfile._get_candidate_names()),
        random.SystemRandom().random(),
    ]
