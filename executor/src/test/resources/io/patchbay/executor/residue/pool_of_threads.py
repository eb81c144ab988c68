# Keeps a pool of threads, as programs do to ask several servers at once.
# leaves, discarded
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(4)
done = []


def main(event, context):
    if event["step"] == "leave":
        list(pool.map(done.append, range(10)))
        return "left"
    return [len(done), len(pool._threads)]
