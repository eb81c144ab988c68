"""The code of both nodes alone: no server, no network."""

import importlib.util
import json
import pathlib
import sys
import unittest

BOT = pathlib.Path(__file__).resolve().parent.parent
ROOT = BOT.parent.parent
# The module that every call can import; see docs/reference/python-module.md.
sys.path.insert(0, str(ROOT / "executor/src/main/resources/io/patchbay/executor/box"))


def load(node):
    spec = importlib.util.spec_from_file_location(node, BOT / "code" / f"{node}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(sample, **changes):
    payload = json.loads((BOT / "samples" / sample).read_text())
    payload["env_variables"] = {"LOAN_TERMS": (BOT / "terms.json").read_text()}
    for name, value in changes.items():
        payload["entities"][name][0]["entity_value"] = value
    answer = load(payload["node"]).main({"body": json.dumps(payload)}, None)
    return json.loads(answer["body"])


class CheckLoan(unittest.TestCase):
    def test_the_cost_of_a_loan_is_calculated_to_the_cent(self):
        loan = run("CHECK_LOAN.json")
        self.assertEqual(("119.50", "5736.00"), (loan["monthly"], loan["total"]))
        self.assertTrue(loan["affordable"])

    def test_what_costs_too_large_a_part_of_the_income_is_not_affordable(self):
        loan = run("CHECK_LOAN.too_much.json")
        self.assertFalse(loan["affordable"])
        self.assertEqual(14600, loan["highest"])
        self.assertEqual({"amount": 14600, "years": 4}, loan["conversation_details"]["offer"])

    def test_the_highest_amount_is_affordable_and_a_hundred_more_is_not(self):
        for income in ("400", "777", "1000", "3333"):
            highest = run("CHECK_LOAN.too_much.json", income=income)["highest"]
            self.assertTrue(self.is_affordable(income, highest))
            self.assertFalse(self.is_affordable(income, highest + 100))

    def is_affordable(self, income, amount):
        changes = {"income": income, "amount": str(amount)}
        return run("CHECK_LOAN.too_much.json", **changes)["affordable"]

    def test_an_income_that_can_pay_back_nothing_gets_no_offer(self):
        self.assertEqual(0, run("CHECK_LOAN.too_much.json", income="20")["highest"])

    def test_no_offer_is_above_what_is_lent_at_all(self):
        self.assertEqual(50000, run("CHECK_LOAN.json", income="900000")["highest"])

    def test_longer_loans_have_higher_rates(self):
        rates = [run("CHECK_LOAN.json", years=years)["rate"] for years in ("3", "4", "7")]
        self.assertEqual(["5.9", "6.9", "7.9"], rates)

    def test_a_loan_without_interest_costs_its_parts(self):
        part = load("CHECK_LOAN").factor(load("CHECK_LOAN").decimal.Decimal(0), 2)
        self.assertEqual(100, round(2400 * part))

    def test_the_first_figure_that_cannot_be_right_is_told(self):
        wrong = [
            ({"age": "17"}, "age"),
            ({"age": "-34"}, "age"),
            ({"age": "75"}, "age"),
            ({"income": "0"}, "income"),
            ({"income": "-1"}, "income"),
            ({"income": "1000001"}, "income"),
            ({"amount": "499"}, "amount"),
            ({"amount": "50001"}, "amount"),
            ({"years": "0"}, "years"),
            ({"years": "11"}, "years"),
            ({"age": "17", "years": "11"}, "age"),
        ]
        for changes, about in wrong:
            output = run("CHECK_LOAN.json", **changes)
            self.assertEqual(about, output["problem"]["about"], changes)
            self.assertFalse(output["status"])
            self.assertNotIn("affordable", output)

    def test_figures_at_the_bounds_are_right(self):
        for changes in ({"age": "18"}, {"age": "74", "years": "1"}, {"amount": "500"}):
            self.assertNotIn("problem", run("CHECK_LOAN.json", **changes), changes)

    def test_a_loan_must_end_before_its_taker_is_too_old(self):
        said = run("CHECK_LOAN.json", age="71", years="5")["problem"]["message"]
        self.assertEqual("You can take 1 to 4 year(s). How many do you want?", said)


class TakeOffer(unittest.TestCase):
    def test_the_offer_is_confirmed_and_forgotten(self):
        output = run("TAKE_OFFER.json")
        self.assertEqual("Noted: 14600 over 4 year(s).", output["response"][0])
        self.assertEqual((True, {}), (output["status"], output["conversation_details"]))

    def test_an_offer_that_is_gone_is_no_error(self):
        answer = load("TAKE_OFFER").main({"body": '{"entities": {}}'}, None)
        output = json.loads(answer["body"])
        self.assertFalse(output["status"])
        self.assertIn("is gone", output["response"][0]["text"])


if __name__ == "__main__":
    unittest.main()
