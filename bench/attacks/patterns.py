"""Patterns, words and sentences times long messages."""

from harness.attack import attack

from .templates import BOT, GO


def finding(site, entities, text):
    """A node that waits for these entities, and a message as long as may be, made of `text`."""
    uses = [{"entity": name, "required": False, "ask": "?"} for name in entities]
    nodes = {
        "FIND": {
            "start": True,
            "user_says": [GO],
            "entities": uses,
            "bot_says": ["found"],
            "connections": [{"to": "FIND", "user_says": [GO]}],
        }
    }
    bot = site.bot(BOT, nodes, entities=entities)
    longest = site.longest(bot)
    words = GO + " " + text * (longest // len(text))

    def strike():
        bot.say(GO, site.me())
        bot.say(words[:longest], site.me())

    return strike


def regex(*patterns):
    return {f"e{n}": {"type": "regex", "pattern": pattern} for n, pattern in enumerate(patterns)}


@attack("(?:a{0,9}){300}b over as many a as a message may have", callers=2)
def pattern_counts(site):
    return finding(site, regex("(?:a{0,9}){300}b"), "a")


@attack("the same twice in one node", callers=2)
def pattern_counts_twice(site):
    return finding(site, regex("(?:a{0,9}){300}b", "(?:a{0,8}){330}c"), "a")


@attack("alternatives that look to the end of the message from each character", callers=2)
def pattern_rescan(site):
    return finding(site, regex("(?:[a-z]*1)|[a-z]", "(?:[a-z ]*2)|[a-z]"), "abc")


@attack("wide classes of Unicode, counted", callers=2)
def pattern_classes(site):
    return finding(site, regex(r"(?:\pL{1,30}\pN?){30}!", r"(?i)(?:[^x]{1,90}){10}x\z"), "\u00e9a")


@attack("fifty patterns at one node", callers=4)
def pattern_fifty(site):
    return finding(site, regex(*[f"(?:a{{0,{n}}}){{150}}b" for n in range(2, 52)]), "a")


@attack("numbers, phones and mail addresses in a message of nearly nothing else", callers=4)
def pattern_kinds(site):
    kinds = {kind: {"type": kind} for kind in ("number", "phone_number", "email")}
    return finding(site, kinds, "+1 202 555 0143 a.b@c.d.e. 12,5 ")


@attack("one run of digits and one of address characters", callers=4)
def pattern_runs(site):
    kinds = {kind: {"type": kind} for kind in ("number", "phone_number", "email")}
    return finding(site, kinds, "1.")


@attack("a dictionary of 20 000 words of many parts, a message of their beginnings", callers=4)
def pattern_dictionary(site):
    values = {f"{'new ' * 12}word {n}": [f"{'new ' * 20}{n}"] for n in range(20_000)}
    return finding(site, {"word": {"type": "dictionary", "values": values}}, "new ")


@attack("20 000 sentences in 20 nodes, a message of unknown words", callers=4)
def sentences(site):
    says = [[f"tell me about thing {n} of shelf {s}" for n in range(1000)] for s in range(20)]
    nodes = {f"SHELF_{s}": {"start": True, "user_says": says[s], "bot_says": ["x"]} for s in range(20)}
    bot = site.bot(BOT, nodes)
    longest = site.longest(bot)
    text = " ".join(f"thin{n} shelv{n} abot{n}" for n in range(longest))[:longest]
    return lambda: bot.say(text, site.me())
