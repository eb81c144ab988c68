"""The server of this checkout before an endpoint that answers at once: API integrations."""

import json

from harness.workload import Target

from .nginx import Endpoint
from .ours import BOT, Fresh, Turn

INTEGRATION = "{{type: api, url: 'http://{address}/', secret: HOOK_SECRET}}"
TOP = """
variables: {{HOOK_SECRET: {{secret: true}}}}
egress: {{allow: ['{address}']}}
"""


class ApiTest(Fresh):
    """The integration alone: payload in, signed request to the endpoint, output out."""

    name = "ours-api"
    isolation = "no code"
    workloads = ("W2",)
    title = "Patchbay, API integration by the HTTP API, signed"

    def start(self):
        self.endpoint = Endpoint(self)
        self.endpoint.start()
        super().start()

    def stop(self):
        super().stop()
        self.endpoint.stop()

    def aside(self):
        return self.endpoint.seconds()

    def install(self):
        self.send("PUT", BOT, self.definition().encode(), "application/yaml")
        value = {"staging": "bench", "production": "bench", "secret": True}
        self.send("PUT", BOT + "/variables/HOOK_SECRET", json.dumps(value).encode())
        self.deploy()

    def definition(self):
        address = self.endpoint.address
        integration = INTEGRATION.format(address=address)
        definition = super().definition().replace("{type: code}", integration)
        return definition + TOP.format(address=address)


class ApiTurn(ApiTest):
    """A whole chat turn as ours-turn, with the endpoint in the place of the code."""

    name = "ours-api-turn"
    title = "Patchbay, whole chat turn through an API integration, durable commit"

    def __init__(self, workload, folder, group):
        super().__init__(workload, folder, group)
        self.expected = self.expected["response"]

    def target(self):
        body = json.dumps(Turn.MESSAGE).encode()
        return Target(f"{self.address}{BOT}/messages", body, self.headers)

    def reply_of(self, answer):
        return [message["text"] for message in answer["messages"]]
