import contextlib
import io
import unittest

import here  # noqa: F401
from harness import command, report


class CommandTest(unittest.TestCase):
    def test_names_that_do_not_exist_are_refused_with_those_that_do(self):
        for arguments, said in (
            (["W9"], "there is no workload W9; there is W1, W2, W3"),
            (["--against", "gunicorn,apache"], "there is no peer apache"),
            (["--rounds", "0"], "must be 1 or more"),
            (["--rounds", "many"], "invalid int value"),
        ):
            errors = io.StringIO()
            with self.subTest(arguments), contextlib.redirect_stderr(errors):
                with self.assertRaises(SystemExit) as ended:
                    command.parse(arguments)
                self.assertEqual(ended.exception.code, 2)
                self.assertIn(said, errors.getvalue())

    def test_ours_failing_is_an_error_and_ours_missing_is_none(self):
        self.assertTrue(command.is_ours_broken(("W1", "ours"), "out: another reply"))
        self.assertFalse(command.is_ours_broken(("W1", "ours-reuse"), "missing: unknown"))
        self.assertFalse(command.is_ours_broken(("W1", "gunicorn"), "out: another reply"))

    def test_what_a_peer_says_cannot_break_a_table(self):
        self.assertEqual(report.table(("a",), [("x|y\nz",)])[2], "| x\\|y z |")
