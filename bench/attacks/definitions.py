"""Large definitions, and what is done with them, in a loop."""

import json

from harness.attack import attack
from harness.site import compact, definition_of

from .templates import BOT, GO

YAML = "application/yaml"


def words():
    """A dictionary of as many words as may be, some 7 MB."""
    values = {f"word number {n} of many": [f"variant {n} of the word {'v' * 80}"] for n in range(49_000)}
    return {"words": {"type": "dictionary", "values": values}}


def wide_nodes():
    """2 000 nodes with as many connections as 8 MiB have room for."""
    nodes = {}
    for n in range(1990):
        to = [{"to": f"N_{(n + k + 1) % 1990}", "user_says": [f"go {k}"]} for k in range(60)]
        nodes[f"N_{n}"] = {"bot_says": ["x"], "connections": to}
    return nodes


def putting(site, definition, kind="application/json"):
    bot = site.bot(BOT)
    body = definition if isinstance(definition, bytes) else compact(definition)
    return lambda: site.ask("PUT", bot.path, body, kind)


@attack("a definition with a dictionary of 50 000 words, put again and again", callers=2)
def put_dictionary(site):
    return putting(site, definition_of(BOT, {}, entities=words()))


@attack("a definition of 2 000 nodes with 120 000 connections, put again and again", callers=2)
def put_nodes(site):
    return putting(site, definition_of(BOT, wide_nodes()))


@attack("the same as YAML, eight at once", callers=8)
def put_yaml(site):
    return putting(site, compact(definition_of(BOT, wide_nodes())), YAML)


@attack("YAML 190 levels deep, 8 MB wide", callers=2)
def put_deep_yaml(site):
    deep = "[" * 190 + "]" * 190
    body = f"bot: {BOT}\nnodes: {{A: {{bot_says: [{', '.join([deep] * 20_000)}]}}}}\n"
    return putting(site, body.encode(), YAML)


@attack("YAML of 8 MB of blank and indented lines", callers=2)
def put_blank_yaml(site):
    body = f"bot: {BOT}\nname: |\n" + "   x\n" * 1_500_000
    return putting(site, body.encode(), YAML)


@attack("a definition with 200 000 problems", callers=2)
def put_problems(site):
    nodes = {f"n{n}": {"user_say": [n], "to": f"N{n}"} for n in range(100_000)}
    return putting(site, definition_of(BOT, nodes))


@attack("JSON of 8 MB, broken at its end", callers=4)
def put_broken(site):
    return putting(site, b'{"bot": "attacker", "x": [' + b"[1,2]," * 1_300_000)


@attack("a large bot, trained again and again", callers=2)
def train_large(site):
    bot = site.bot(BOT, entities=words())
    return lambda: site.ask("POST", bot.path + "/train")


@attack("a bot of 40 000 sentences, trained and deployed again and again", callers=2)
def train_sentences(site):
    says = [[f"tell me of thing {n} on shelf {s} in hall {n % 7}" for n in range(1000)] for s in range(40)]
    nodes = {f"S_{s}": {"start": True, "user_says": one, "bot_says": ["x"]} for s, one in enumerate(says)}
    bot = site.bot(BOT, nodes)

    def strike():
        bot.deploy()
        bot.say(GO, site.me())

    return strike


@attack("a large bot, read as YAML again and again", callers=4)
def read_yaml(site):
    bot = site.bot(BOT, entities=words())
    return lambda: site.ask("GET", bot.path, accept=YAML)


@attack("a large bot, copied under new names", callers=2)
def copies(site):
    bot = site.bot(BOT, entities=words())
    counter = iter(range(1 << 60))

    def strike():
        name = f"copy-{next(counter)}"
        site.ask("POST", bot.path + "/copies", compact({"bot": name}))
        site.ask("DELETE", f"/api/v1/bots/{name}")

    return strike


@attack("a megabyte of Python, saved again and again", callers=4)
def put_code(site):
    bot = site.bot(BOT)
    source = ("x = [" + "1," * 400_000 + "]\n").encode()
    return lambda: site.ask("PUT", bot.path + "/code/WORK", source, "text/x-python")


@attack("Python of 90 brackets deep and 900 KB wide, saved again and again", callers=4)
def put_deep_code(site):
    bot = site.bot(BOT)
    source = ("x = (" + ("(" * 90 + "1" + ")" * 90 + ",\n") * 4_900 + ")\n").encode()
    return lambda: site.ask("PUT", bot.path + "/code/WORK", source, "text/x-python")


@attack("500 variables of 100 000 characters, set in a loop and taken along", callers=4)
def variables(site):
    names = {f"V_{n}": {} for n in range(500)}
    bot = site.bot(BOT, variables=names)
    value = json.dumps({"production": "v" * 100_000, "staging": "w" * 100_000}).encode()
    counter = iter(range(1 << 60))
    return lambda: site.ask("PUT", f"{bot.path}/variables/V_{next(counter) % 500}", value)
