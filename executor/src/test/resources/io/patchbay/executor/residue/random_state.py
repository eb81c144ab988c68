# Sets the state of the random numbers.
# differs
import random


def main(event, context):
    if event["step"] == "leave":
        random.seed(77)
        return random.random()
    return random.random()
