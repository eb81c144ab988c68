"""Checks what the user said, and calculates the loan. Needs nothing but its payload.

Output where a figure cannot be right: {"status": False, "problem": {"about": "age" | "income" |
"amount" | "years", "message": str}}. Else {"status": True, "affordable": bool, "amount": int,
"years": int, "rate": str, "monthly": str, "total": str, "highest": int}; the rules of the node
CHECK_LOAN choose the reply by `problem.about`, `affordable`, `highest`, `amount` and `years`.
"""

import decimal
import json
import logging

from patchbay import Payload, reply

CENT = decimal.Decimal("0.01")
HUNDRED = 100  # offers are multiples of it

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def main(event, context):
    payload = Payload(event)
    terms = json.loads(payload.env_variables["LOAN_TERMS"])
    age, income, amount, years = (
        int(payload.entities.get(name)) for name in ("age", "income", "amount", "years")
    )
    problem = find_problem(terms, age, income, amount, years)
    if problem is not None:
        logger.info("%(about)s: %(message)s", problem)
        return reply(status=False, problem=problem)
    loan = calculate(terms, income, amount, years)
    logger.info("%d over %d years: affordable is %s", amount, years, loan["affordable"])
    offer = {"amount": loan["highest"], "years": years}
    return reply(conversation_details={"offer": offer}, **loan)


def find_problem(terms, age, income, amount, years):
    """The first figure that cannot be right, with what to tell the user; None where all can."""
    youngest, at_end = terms["age"]["from"], terms["age"]["at_end"]
    if age < youngest:
        return problem("age", f"We lend to people of {youngest} years and more. How old are you?")
    if age >= at_end:
        return problem("age", f"We lend to people below {at_end} years. How old are you?")
    most = terms["income"]["to"]
    if not 0 < income <= most:
        return problem("income", f"An income is between 1 and {most} a month. What is yours?")
    least, most = terms["amount"]["from"], terms["amount"]["to"]
    if not least <= amount <= most:
        return problem("amount", f"We lend between {least} and {most}. How much do you need?")
    # A loan must be paid back before its taker is too old.
    shortest, longest = terms["years"]["from"], min(terms["years"]["to"], at_end - age)
    if not shortest <= years <= longest:
        said = f"You can take {shortest} to {longest} year(s). How many do you want?"
        return problem("years", said)
    return None


def problem(about, message):
    return {"about": about, "message": message}


def calculate(terms, income, amount, years):
    """What the loan costs, and the most that this income can pay back."""
    rate = rate_for(terms["rates"], years)
    share = factor(rate, years)
    monthly = (amount * share).quantize(CENT, decimal.ROUND_UP)
    affordable = decimal.Decimal(income) * terms["percent_of_income"] / 100
    highest = int(affordable / share) // HUNDRED * HUNDRED
    highest = min(highest, terms["amount"]["to"])
    return {
        "affordable": monthly <= affordable,
        "amount": amount,
        "years": years,
        "rate": str(rate),
        "monthly": str(monthly),
        "total": str(monthly * 12 * years),
        "highest": highest if highest >= terms["amount"]["from"] else 0,
    }


def rate_for(rates, years):
    """Percent a year of the first row that is long enough, or of the last one."""
    fitting = (r["percent"] for r in rates if years <= r["up_to_years"])
    return decimal.Decimal(next(fitting, rates[-1]["percent"]))


def factor(percent, years):
    """The part of a loan that is paid each month, all months alike: r / (1 - (1 + r)^-months)."""
    monthly = percent / 100 / 12
    if monthly == 0:
        return decimal.Decimal(1) / (12 * years)
    return monthly / (1 - (1 + monthly) ** (-12 * years))
