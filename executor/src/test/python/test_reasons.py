"""What a builder is told of a failed installation."""

import unittest

import shipped  # noqa: F401 - finds what the box has

from patchbay_box import reasons

MISSING = [
    "Looking in indexes: http://127.0.0.1:9/simple",
    "ERROR: Could not find a version that satisfies the requirement acme==9 (from versions: 1.0)",
    "ERROR: No matching distribution found for acme==9",
]


class ReasonTest(unittest.TestCase):
    def test_a_missing_version_is_told_with_those_that_there_are(self) -> None:
        told = reasons.of(MISSING, "")
        self.assertIn("acme==9 (from versions: 1.0)", told)
        self.assertIn("no wheel of it that fits", told)

    def test_source_only_is_told_as_such_whatever_the_spelling(self) -> None:
        log = "Skipping link: No sources permitted for Acme: http://127.0.0.1:9/acme-9.tar.gz"
        self.assertEqual(
            "acme==9 is there as source only, and only wheels are installed",
            reasons.of(MISSING, log),
        )

    def test_an_index_that_does_not_answer_is_the_reason_and_not_what_follows_from_it(self) -> None:
        retry = (
            "WARNING: Retrying (Retry(total=1)) after connection broken by "
            "'NewConnectionError('<x>: Failed: [Errno 111] Connection refused')': /simple/acme/"
        )
        self.assertEqual(
            "the index cannot be reached: [Errno 111] Connection refused",
            reasons.of([retry, *MISSING], ""),
        )

    def test_a_full_box_is_told_without_its_paths(self) -> None:
        line = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
        self.assertTrue(reasons.of([line], "").startswith("the packages take more room"))

    def test_a_conflict_names_both_sides_once(self) -> None:
        lines = [
            "ERROR: Cannot install left and right because these versions have conflicts.",
            "The conflict is caused by:",
            "    left 1.0 depends on shared==1.0",
            "    right 1.0 depends on shared==2.0",
            "ERROR: ResolutionImpossible: for help visit an address",
        ]
        self.assertEqual(
            "Cannot install left and right because these versions have conflicts.; "
            "left 1.0 depends on shared==1.0; right 1.0 depends on shared==2.0",
            reasons.of(lines, ""),
        )

    def test_silence_is_told_as_such(self) -> None:
        self.assertEqual("pip failed and did not say why", reasons.of([], ""))


if __name__ == "__main__":
    unittest.main()
