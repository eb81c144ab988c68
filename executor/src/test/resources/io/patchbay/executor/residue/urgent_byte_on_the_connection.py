# Sends a byte of urgent data before its result, which nobody reads.
# leaves, put back
import socket


def main(event, context):
    if event["step"] == "leave":
        connection = socket.socket(fileno=3)
        try:
            connection.send(b"x", socket.MSG_OOB)
        except OSError as error:
            return f"refused: {error.errno}"
        finally:
            connection.detach()
    return "left" if event["step"] == "leave" else []
