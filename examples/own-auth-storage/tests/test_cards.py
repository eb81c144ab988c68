"""Cards, sessions and points, with a clock of the test's own."""

import json
import pathlib
import sys
import tempfile
import threading
import unittest

SERVICE = pathlib.Path(__file__).resolve().parent.parent / "service"
sys.path.insert(0, str(SERVICE))

import cards  # noqa: E402

CODE = "246810"


class CardsTest(unittest.TestCase):
    def setUp(self):
        self.now = 1_000_000.0
        cards.HASH_ROUNDS = 10  # as safe as a test needs it
        self.cards = cards.Cards(":memory:", lambda: self.now)
        self.addCleanup(lambda: self.cards.close())
        two = {"C1": {"code": CODE, "points": 100}, "C2": {"code": "1", "points": 5}}
        self.cards.add_missing(two)

    def test_the_right_code_signs_this_user_in_and_nobody_else(self):
        self.assertEqual(("signed_in", 3), self.cards.sign_in("u1", "C1", CODE))
        self.assertEqual("C1", self.cards.card_of("u1"))
        self.assertIsNone(self.cards.card_of("u2"))

    def test_a_session_ends_after_its_time_and_with_signing_out(self):
        self.cards.sign_in("u1", "C1", CODE)
        self.now += cards.SESSION - 1
        self.assertEqual("C1", self.cards.card_of("u1"))
        self.now += 1
        self.assertIsNone(self.cards.card_of("u1"))
        self.cards.sign_in("u1", "C1", CODE)
        self.cards.sign_out("u1")
        self.assertIsNone(self.cards.card_of("u1"))

    def test_wrong_codes_close_a_card_for_a_while(self):
        tried = [self.cards.sign_in("u1", "C1", "000000") for _ in range(3)]
        self.assertEqual([("wrong", 2), ("wrong", 1), ("closed", 0)], tried)
        self.assertEqual(("closed", 0), self.cards.sign_in("u2", "C1", CODE))
        self.now += cards.CLOSED
        self.assertEqual("signed_in", self.cards.sign_in("u2", "C1", CODE)[0])

    def test_the_right_code_forgives_the_wrong_ones(self):
        for _ in range(3):
            self.cards.sign_in("u1", "C1", "000000")
            self.cards.sign_in("u1", "C1", "000000")
            self.assertEqual("signed_in", self.cards.sign_in("u1", "C1", CODE)[0])

    def test_a_card_that_is_not_there_is_told_from_a_wrong_code_by_nothing(self):
        for _ in range(4):
            wrong = self.cards.sign_in("u1", "C1", "000000")
            self.assertEqual(wrong, self.cards.sign_in("u1", "C9", "000000"))
        self.assertNotEqual("signed_in", self.cards.sign_in("u1", "", "")[0])

    def test_points_are_spent_while_there_are_enough(self):
        self.assertEqual((True, 40), self.cards.spend("u1", "C1", 60, "r1"))
        self.assertEqual((False, 40), self.cards.spend("u1", "C1", 41, "r2"))
        self.assertEqual((True, 0), self.cards.spend("u1", "C1", 40, "r3"))
        self.assertEqual(5, self.cards.points("C2"))

    def test_no_or_negative_points_cannot_be_spent(self):
        for points in (0, -1, -(10**9)):
            self.assertEqual((False, 100), self.cards.spend("u1", "C1", points, f"r{points}"))

    def test_a_request_that_comes_again_spends_once(self):
        self.assertEqual((True, 90), self.cards.spend("u1", "C1", 10, "r1"))
        self.assertEqual((True, 90), self.cards.spend("u1", "C1", 10, "r1"))
        self.assertEqual(90, self.cards.points("C1"))
        self.assertEqual((True, 80), self.cards.spend("u2", "C1", 10, "r1"))

    def test_a_refused_request_may_be_tried_again(self):
        self.assertEqual((False, 5), self.cards.spend("u1", "C2", 6, "r1"))
        self.assertEqual((True, 0), self.cards.spend("u1", "C2", 5, "r1"))

    def test_many_at_once_spend_no_more_than_there_is(self):
        done = []

        def spend(request):
            done.append(self.cards.spend("u", "C1", 10, str(request)))

        threads = [threading.Thread(target=spend, args=(i,)) for i in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(10, sum(1 for spent, _ in done if spent))
        self.assertEqual(0, self.cards.points("C1"))

    def test_a_delivery_is_new_once(self):
        self.assertTrue(self.cards.is_new("d1", self.now - 600))
        self.assertFalse(self.cards.is_new("d1", self.now - 600))
        self.assertTrue(self.cards.is_new("d2", self.now - 600))
        self.now += 601
        self.assertTrue(self.cards.is_new("d1", self.now - 600))

    def test_all_outlives_a_restart_and_no_code_stands_in_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "cards.db"
            for expected in ("signed_in", "again"):
                kept = cards.Cards(str(file), lambda: self.now)
                kept.add_missing({"C1": {"code": CODE, "points": 100}})
                if expected == "signed_in":
                    self.assertEqual(expected, kept.sign_in("u1", "C1", CODE)[0])
                    kept.spend("u1", "C1", 30, "r1")
                self.assertEqual(("C1", 70), (kept.card_of("u1"), kept.points("C1")))
                kept.close()
            self.assertNotIn(CODE.encode(), file.read_bytes())

    def test_the_cards_of_the_demonstration_are_whole(self):
        self.cards.add_missing(json.loads((SERVICE / "demonstration.json").read_text()))
        self.assertEqual(120, self.cards.points("C1001"))


if __name__ == "__main__":
    unittest.main()
