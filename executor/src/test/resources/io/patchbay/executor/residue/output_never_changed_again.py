# Forbids for ever that standard out is written to.
# refused
import fcntl

ADD_SEALS, GET_SEALS, WRITE = 1033, 1034, 8


def main(event, context):
    if event["step"] == "leave":
        try:
            fcntl.fcntl(1, ADD_SEALS, WRITE)
        except OSError as error:
            return f"refused: {error.errno}"
    return "left" if event["step"] == "leave" else []
