import unittest

import here  # noqa: F401
from harness.figures import percentile, range_of, ratios


class FiguresTest(unittest.TestCase):
    def test_a_ratio_is_taken_within_each_round_and_the_median_of_these_counts(self):
        # The machine was three times as fast in the second round: the ratio is not touched by it.
        seen = ratios([100, 330, 90], [200, 600, 200])
        self.assertAlmostEqual(seen.median, 0.5)
        self.assertAlmostEqual(seen.low, 0.45)
        self.assertAlmostEqual(seen.high, 0.55)
        self.assertEqual(seen.rounds, 3)

    def test_a_round_that_lacks_one_of_the_two_does_not_count(self):
        seen = ratios([100, None, 300, 400], [200, 200, None, 0])
        self.assertEqual((seen.median, seen.rounds), (0.5, 1))

    def test_no_round_is_no_range(self):
        self.assertIsNone(ratios([None], [5]))
        self.assertIsNone(range_of([]))

    def test_spread_is_the_width_of_the_range_in_medians(self):
        self.assertAlmostEqual(range_of([90, 100, 130]).spread, 0.4)
        self.assertEqual(range_of([7, 7]).spread, 0)
        self.assertEqual(range_of([0, 0]).spread, float("inf"))

    def test_a_percentile_is_a_value_that_occurred(self):
        values = [float(n) for n in range(1, 201)]
        self.assertEqual(percentile(values, 50), 100)
        self.assertEqual(percentile(values, 99), 198)
        self.assertEqual(percentile([3.0], 99), 3)
