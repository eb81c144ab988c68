import json
import unittest

import here  # noqa: F401
from harness.workload import FOLDER, Target, workloads


class WorkloadTest(unittest.TestCase):
    def test_the_payload_has_2048_bytes_and_the_reply_of_w1_571(self):
        workload = workloads()["W1"]
        self.assertEqual(len(workload.payload), 2048)
        self.assertEqual(len(json.dumps(workload.reply())), 571)

    def test_the_handlers_look_up_what_the_bot_collects(self):
        definition = (FOLDER / "bot.yaml").read_text(encoding="utf-8")
        entities = json.loads(workloads()["W1"].payload)["entities"]
        for name in ("order_id", "weekday", "colour"):
            self.assertIn(f"  {name}:", definition)
            self.assertEqual(len(entities[name]), 1)

    def test_w3_answers_too(self):
        self.assertTrue(workloads()["W3"].reply()["status"])

    def test_every_request_may_have_a_number_of_its_own(self):
        target = Target("http://127.0.0.1/", b'{"user": "u{N}", "text": "abc{N}"}')
        self.assertEqual(target.body_of(7), b'{"user": "u000000007", "text": "abc000000007"}')
