# Keeps settings of TLS and changes those of new connections.
# leaves, put back
import ssl

context_kept = ssl.create_default_context()


def main(event, context):
    if event["step"] == "leave":
        context_kept.verify_mode = ssl.CERT_OPTIONAL
        context_kept.set_ciphers("ECDHE+AESGCM")
        ssl._create_default_https_context = None
        return "left"
    return [
        int(context_kept.verify_mode),
        len(context_kept.get_ciphers()),
        ssl._create_default_https_context is None,
    ]
