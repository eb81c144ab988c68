# Advances iterators, generators and counters of the module.
# leaves, put back
import itertools

counter = itertools.count()
lines = iter(["one", "two", "three"])
numbers = (number for number in range(10))


def main(event, context):
    if event["step"] == "leave":
        return f"left {next(counter)} {next(lines)} {next(numbers)}"
    return [next(counter), next(lines), next(numbers)]
