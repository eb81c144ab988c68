"""Uses a server that was just started, for some seconds: python3 practice.py ADDRESS TOKEN-FILE

The JVM keeps what it learns meanwhile about the code that requests run through, beside what a start
loads. Without it the first thousands of requests after each start run several times slower.
"""

import concurrent.futures
import itertools
import json
import pathlib
import sys
import time
import urllib.request

SECONDS = 5
CLIENTS = 4


class Client:
    def __init__(self, address, token):
        self.address = address
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, self.headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)


def use(client, bots, number, end):
    """Chats with every bot and runs its integrations on their sample inputs."""
    for turn in itertools.count():
        for bot, definition in bots.items():
            for name, node in definition["nodes"].items():
                if time.monotonic() > end:
                    return
                for text in node.get("user_says", [])[:1]:
                    message = {"user": {"auth_id": f"practice-{number}-{turn}"}, "text": text}
                    client.ask("POST", f"/api/v1/bots/{bot}/messages", message)
                if "integration" in node:
                    client.ask("POST", f"/api/v1/bots/{bot}/integrations/{name}/test", {})
        client.ask("GET", f"/api/v1/bots/{bot}/invocations")


def main(address, token_file):
    client = Client(address, pathlib.Path(token_file).read_text(encoding="ascii").strip())
    names = [bot["bot"] for bot in client.ask("GET", "/api/v1/bots")["bots"]]
    bots = {name: client.ask("GET", f"/api/v1/bots/{name}") for name in names}
    end = time.monotonic() + SECONDS
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        done = [pool.submit(use, client, bots, number, end) for number in range(CLIENTS)]
        for future in done:
            future.result()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
