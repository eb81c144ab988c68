"""Replies that grow by multiplication: what code returns, times what the definition says of it."""

import json

from harness.attack import attack

GO = "make it large"
BOT = "attacker"


def returning(expression, response=None):
    """Python whose output has `x`, and `response` where one is given."""
    more = f', "response": {response}' if response else ""
    return f"""import json

def main(event, context):
    x = {expression}
    return {{"statusCode": 200, "body": json.dumps({{"status": True, "x": x{more}}})}}
"""


def saying(site, says, expression):
    """A bot that says `says` over an output of `expression`; each caller is a user of its own."""
    nodes = {"GROW": {"start": True, "end": True, "user_says": [GO], "bot_says": says}}
    nodes["GROW"]["integration"] = {"type": "code"}
    bot = site.bot(BOT, nodes, {"GROW": returning(expression)})
    return lambda: bot.say(GO, site.me())


@attack("[[x]]y 600 times, x of a million characters", callers=2)
def template_times(site):
    return saying(site, ["[[x]]y" * 600], '"a" * 1_000_000')


@attack("[[x]] 1400 times, x of a million characters: 1.4 GB if it were made", callers=1)
def template_most(site):
    return saying(site, ["[[x]]y" * 1400], '"a" * 1_000_000')


@attack("a container of a dense megabyte, written 500 times", callers=2)
def template_container(site):
    return saying(site, ["[[x]] " * 500], "[[1, 2]] * 100_000")


@attack("fifty bubbles, each with 100 times 10 000 characters", callers=4)
def template_bubbles(site):
    return saying(site, ["[[x]]" * 100] * 50, '"b" * 10_000')


@attack("paths that are walked 900 times into a deep container", callers=4)
def template_paths(site):
    path = "[[x" + ".0" * 3 + "]]"
    return saying(site, [path * 900] * 20, "[[[list(range(20_000))]]]")


@attack("x that looks like a variable again, 600 times a million characters", callers=2)
def template_nested(site):
    return saying(site, ["[[x]]" * 600], '"[[x]]" * 160_000')


@attack("a collected text, as long as a message may be, 500 times", callers=4)
def template_tags(site):
    says = ["%entitytag_all " * 500] * 10
    nodes = {
        "ECHO": {
            "start": True,
            "end": True,
            "user_says": [GO],
            "entities": [{"entity": "all", "ask": "What?"}],
            "bot_says": says,
        }
    }
    bot = site.bot(BOT, nodes, entities={"all": {"type": "text"}})
    longest = site.longest(bot)

    def strike():
        bot.say(GO, site.me())
        bot.say("word " * (longest // 5), site.me())

    return strike


@attack("a response of code itself: 200 bubbles that look like elements in strings", callers=8)
def template_elements(site):
    element = json.dumps({"text": "t" * 4000, "type": "TEXT", "data": {"quick_replies": []}})
    nodes = {"GROW": {"start": True, "end": True, "user_says": [GO]}}
    nodes["GROW"]["integration"] = {"type": "code"}
    code = returning("0", response=f"[{element!r}] * 200")
    bot = site.bot(BOT, nodes, {"GROW": code})
    return lambda: bot.say(GO, site.me())
