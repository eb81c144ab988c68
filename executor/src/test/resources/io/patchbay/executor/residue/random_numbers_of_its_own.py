# Draws from a generator that the module has made for itself.
# stays
import random

own = random.Random()


def main(event, context):
    own.random()
    return "left" if event["step"] == "leave" else event["step"]
