"""The code of the node alone, fed with the samples: needs no server but the provider's."""

import importlib.util
import json
import pathlib
import socket
import threading
import unittest

BOT = pathlib.Path(__file__).resolve().parent.parent


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


provider = load(BOT / "service" / "provider.py")


def output_for(sample, port, order_id=None):
    payload = json.loads((BOT / "samples" / sample).read_text())
    payload["env_variables"] = {"PROVIDER_PORT": str(port)}
    if order_id is not None:
        payload["entities"]["order_id"][0]["entity_value"]["value"] = order_id
    node = load(BOT / "code" / "TRACK_ORDER.py")
    node.PROVIDER_SECONDS = 60  # a chat does not wait so long; a busy machine may need it
    answer = node.main({"body": json.dumps(payload)}, None)
    assert answer["statusCode"] == 200
    return json.loads(answer["body"])


class TrackOrder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = provider.serve(json.loads(provider.SHIPMENTS.read_text()))
        cls.port = cls.server.server_port
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def test_an_order_that_is_not_late_is_shipped(self):
        output = output_for("TRACK_ORDER.json", self.port)
        self.assertEqual(("shipped", "a reading lamp"), (output["state"], output["item"]))

    def test_hours_of_delay_become_days_and_begun_ones_count(self):
        output = output_for("TRACK_ORDER.late.json", self.port)
        self.assertEqual(("late", 4), (output["state"], output["days_late"]))
        self.assertEqual(1, output_for("TRACK_ORDER.json", self.port, "ghi789")["days_late"])

    def test_an_unknown_order_is_not_found_and_not_an_error(self):
        output = output_for("TRACK_ORDER.unknown.json", self.port)
        self.assertTrue(output["status"])
        self.assertEqual(("not_found", "zzz999"), (output["state"], output["order_id"]))

    def test_a_provider_that_is_being_repaired_is_unavailable(self):
        output = output_for("TRACK_ORDER.json", self.port, "dwn001")
        self.assertEqual(("unavailable", True), (output["state"], output["status"]))

    def test_a_provider_that_is_not_there_is_unavailable(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            output = output_for("TRACK_ORDER.json", free.getsockname()[1])
        self.assertEqual("unavailable", output["state"])

    def test_a_reference_with_markup_stays_a_reference(self):
        output = output_for("TRACK_ORDER.json", self.port, "<b>&abc123")
        self.assertEqual("not_found", output["state"])


class Provider(unittest.TestCase):
    def test_what_is_no_request_has_no_reference(self):
        for body in (b"", b"x", b"<a/>", b"<trackingRequest>", b"<!DOCTYPE x><trackingRequest/>"):
            self.assertIsNone(provider.read_reference(body), body)


if __name__ == "__main__":
    unittest.main()
