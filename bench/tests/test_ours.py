import contextlib
import types
import unittest
from unittest import mock

import here  # noqa: F401
from contestants import ours, ours_api
from contestants.base import Missing
from harness.checks import Wrong
from harness.workload import workloads

METRICS = b"""# TYPE patchbay_bot_breaks_total counter
patchbay_bot_breaks_total{environment="production",reason="timeout"} 2.0
patchbay_invocations_total{environment="production",outcome="failed",reason="timeout"} 3.0
patchbay_invocations_total{environment="production",outcome="succeeded",reason="none"} 900.0
patchbay_invocation_seconds_count{outcome="failed",type="code"} 3
patchbay_turns_repeated_total{environment="production"} 4.0
patchbay_store_writes_total 1800.0
patchbay_store_commits_total 700.0
"""


def contestant(kind):
    made = kind(workloads()["W1"], folder=None, group=None)
    made.address, made.headers = "http://127.0.0.1:1", {}
    return made


@contextlib.contextmanager
def answering(status, body):
    with mock.patch.object(ours, "post", lambda *arguments: (status, body)):
        yield


class OursTest(unittest.TestCase):
    def test_failed_invocations_and_bot_breaks_are_counted_and_nothing_else(self):
        with answering(200, METRICS):
            self.assertEqual(contestant(ours.Fresh).failures(), 5)

    def test_writes_and_the_commits_that_they_shared_are_read(self):
        with answering(200, METRICS):
            self.assertEqual(contestant(ours.Fresh).stored(), [1800, 700])
        with answering(200, b"patchbay_store_writes_total 1800.0\n"):
            self.assertRaises(Wrong, contestant(ours.Fresh).stored)

    def test_metrics_that_cannot_be_read_are_no_proof(self):
        with answering(401, b"{}"):
            self.assertRaises(Wrong, contestant(ours.Fresh).failures)

    def test_a_failed_invocation_is_no_reply(self):
        failed = {"outcome": "failed", "output": None}
        self.assertRaises(ValueError, contestant(ours.Fresh).reply_of, failed)

    def test_a_turn_is_compared_by_what_the_bot_says(self):
        turn = contestant(ours.Turn)
        said = {"messages": [{"text": text, "type": "TEXT"} for text in turn.expected]}
        self.assertEqual(turn.reply_of(said), turn.expected)
        self.assertIn("abc000000001", turn.expected[0])
        self.assertIn(b"abc000000001", turn.target().body_of(1))

    def test_reuse_is_asked_for_by_the_definition(self):
        self.assertIn("{type: code, reuse: true}", contestant(ours.Reuse).definition())
        self.assertNotIn("reuse", contestant(ours.Fresh).definition())

    def test_an_api_integration_is_signed_and_its_endpoint_alone_is_opened(self):
        made = contestant(ours_api.ApiTurn)
        made.endpoint = types.SimpleNamespace(address="127.0.0.1:9")
        definition = made.definition()
        self.assertIn(
            "{type: api, url: 'http://127.0.0.1:9/', secret: HOOK_SECRET}\n", definition
        )
        self.assertIn("\nvariables: {HOOK_SECRET: {secret: true}}\n", definition)
        self.assertIn("\negress: {allow: ['127.0.0.1:9']}\n", definition)

    def test_a_server_that_knows_no_reuse_makes_it_missing_not_wrong(self):
        unknown = b'{"problems": [{"at": "nodes.LOOK_UP.integration.reuse"}]}'
        with answering(422, unknown):
            self.assertRaises(Missing, contestant(ours.Reuse).install)
        with answering(422, b'{"problems": [{"at": "nodes"}]}'):
            self.assertRaises(Wrong, contestant(ours.Reuse).install)

    def test_settings_of_the_caller_do_not_reach_the_server(self):
        with mock.patch.dict("os.environ", {"PATCHBAY_JAVA_OPTIONS": "-Xint", "HOME": "/home"}):
            environment = contestant(ours.Fresh).environment()
        self.assertNotIn("PATCHBAY_JAVA_OPTIONS", environment)
        self.assertEqual(environment["HOME"], "/home")
