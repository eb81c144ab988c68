"""Codes with a clock and digits that the test holds."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "service"))

import otp_codes  # noqa: E402

NUMBER = "442079460018"


class CodesTest(unittest.TestCase):
    def setUp(self):
        self.now = 1000.0
        self.next = iter(["111111", "222222", "333333", "444444", "555555", "666666", "777777"])
        self.codes = otp_codes.Codes(lambda: self.now, lambda n: next(self.next))

    def verify(self, code, user="u1", number=NUMBER):
        return self.codes.verify(user, number, code)

    def test_the_right_code_verifies_once(self):
        self.assertEqual("111111", self.codes.issue("u1", NUMBER))
        self.assertEqual(("verified", 0), self.verify("111111"))
        self.assertEqual(("no_code", 0), self.verify("111111"))

    def test_the_third_wrong_code_ends_it_even_for_the_right_one(self):
        self.codes.issue("u1", NUMBER)
        self.assertEqual(("wrong", 2), self.verify("000000"))
        self.assertEqual(("wrong", 1), self.verify("000000"))
        self.assertEqual(("used_up", 0), self.verify("000000"))
        self.assertEqual(("no_code", 0), self.verify("111111"))

    def test_a_code_is_valid_for_five_minutes(self):
        self.codes.issue("u1", NUMBER)
        self.now += 5 * 60 - 1
        self.assertEqual(("wrong", 2), self.verify("000000"))
        self.now += 1
        self.assertEqual(("no_code", 0), self.verify("111111"))

    def test_a_new_code_replaces_the_old_one_and_its_attempts(self):
        self.codes.issue("u1", NUMBER)
        self.verify("000000")
        self.codes.issue("u1", NUMBER)
        self.assertEqual(("wrong", 2), self.verify("111111"))
        self.assertEqual(("verified", 0), self.verify("222222"))

    def test_a_code_counts_for_its_user_and_number_only(self):
        self.codes.issue("u1", NUMBER)
        self.assertEqual(("no_code", 0), self.verify("111111", user="u2"))
        self.assertEqual(("no_code", 0), self.verify("111111", number="442079460019"))

    def test_the_sixth_code_within_ten_minutes_is_refused(self):
        for _ in range(5):
            self.assertIsNotNone(self.codes.issue("u1", NUMBER))
        self.assertIsNone(self.codes.issue("u1", NUMBER))
        self.now += 10 * 60
        self.assertIsNotNone(self.codes.issue("u1", NUMBER))

    def test_the_demonstration_number_gets_its_code_with_and_without_country_code(self):
        self.assertEqual("123456", self.codes.issue("u1", "12025550143"))
        self.assertEqual("123456", self.codes.issue("u1", "2025550143"))
        self.assertEqual("111111", self.codes.issue("u1", "0143"))

    def test_old_numbers_are_forgotten_and_the_memory_is_bounded(self):
        codes = otp_codes.Codes(lambda: self.now, lambda n: "999999")
        for i in range(otp_codes.CAPACITY):
            self.assertIsNotNone(codes.issue("u1", str(i)))
        self.assertIsNone(codes.issue("u1", "one too many"))
        self.now += 10 * 60
        self.assertIsNotNone(codes.issue("u1", "one too many"))

    def test_a_code_of_odd_characters_is_wrong_and_no_error(self):
        self.codes.issue("u1", NUMBER)
        self.assertEqual(("wrong", 2), self.verify("１２３４５６"))


if __name__ == "__main__":
    unittest.main()
