# Draws from a generator that the module has made for itself, which is put back with it.
# leaves, put back
import random

own = random.Random(7)


def main(event, context):
    number = own.random()
    return "left" if event["step"] == "leave" else number
