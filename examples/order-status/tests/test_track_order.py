"""The code of the node alone, fed with the samples: needs no server."""

import importlib.util
import json
import pathlib
import unittest

BOT = pathlib.Path(__file__).resolve().parent.parent


def load():
    spec = importlib.util.spec_from_file_location("TRACK_ORDER", BOT / "code" / "TRACK_ORDER.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def output_for(sample, order_book=None):
    payload = json.loads((BOT / "samples" / sample).read_text())
    book = (BOT / "order_book.json").read_text() if order_book is None else order_book
    payload["env_variables"] = {"ORDER_BOOK": book}
    answer = load().main({"body": json.dumps(payload)}, None)
    assert answer["statusCode"] == 200
    return json.loads(answer["body"])


class TrackOrder(unittest.TestCase):
    def test_an_order_that_is_not_late_is_shipped(self):
        output = output_for("TRACK_ORDER.json")
        self.assertEqual(("shipped", "a reading lamp"), (output["state"], output["item"]))

    def test_a_late_order_says_how_late(self):
        output = output_for("TRACK_ORDER.late.json")
        self.assertEqual(("late", 4), (output["state"], output["days_late"]))

    def test_an_unknown_order_is_not_found_and_not_an_error(self):
        output = output_for("TRACK_ORDER.unknown.json")
        self.assertTrue(output["status"])
        self.assertEqual(("not_found", "zzz999"), (output["state"], output["order_id"]))

    def test_an_empty_order_book_knows_nothing(self):
        self.assertEqual("not_found", output_for("TRACK_ORDER.json", "{}")["state"])

    def test_the_order_book_fits_a_variable(self):
        self.assertLessEqual(len((BOT / "order_book.json").read_text()), 4096)


if __name__ == "__main__":
    unittest.main()
