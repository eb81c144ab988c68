"""What is asked of every contestant: one payload, one handler, one reply."""

import dataclasses
import importlib.util
import json
import pathlib
import typing

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "workloads"


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    title: str
    handler: pathlib.Path
    payload: bytes
    sleeps: bool

    def reply(self, payload=None):
        """What the handler answers, found by running it here."""
        body = (self.payload if payload is None else payload).decode()
        return json.loads(load_main(self.handler)({"body": body}, None)["body"])


@dataclasses.dataclass(frozen=True)
class Target:
    """A request as the load generator sends it. {N} in the body is another number every time."""

    url: str
    body: bytes
    headers: typing.Dict[str, str] = dataclasses.field(
        default_factory=lambda: {"Content-Type": "application/json"}
    )

    def body_of(self, number):
        return self.body.replace(b"{N}", b"%09d" % number)


def load_main(path):
    spec = importlib.util.spec_from_file_location("handler", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.main


def workloads():
    payload = (FOLDER / "payload.json").read_bytes()
    return {
        "W1": Workload(
            "W1",
            "2048-byte payload, three entity look-ups, 571-byte reply",
            FOLDER / "w1_lookups.py",
            payload,
            False,
        ),
        "W2": Workload(
            "W2",
            "the payload and reply of W1, from an endpoint that answers at once",
            FOLDER / "w1_lookups.py",
            payload,
            False,
        ),
        "W3": Workload(
            "W3", "a handler that sleeps 50 ms", FOLDER / "w3_sleep.py", payload, True
        ),
    }
