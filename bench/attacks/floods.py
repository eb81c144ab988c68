"""Many requests, and large ones."""

import itertools
import json

from harness.attack import attack
from harness.site import PLAIN, compact, message

from .templates import BOT, GO, returning

# About what a body may have at most.
MEGABYTE = 1_000_000
DENSE = b'{"text": "x", "user": {"auth_id": "u"}, "more": [' + b"[1],[2]," * 120_000 + b"0]}"


@attack("a dense megabyte of JSON without a token", callers=8)
def dense_unsigned(site):
    site.bot(BOT)
    path = f"/api/v1/bots/{BOT}/messages"
    return lambda: site.ask("POST", path, DENSE, token=False)


@attack("a dense megabyte of JSON as a message", callers=8)
def dense_signed(site):
    bot = site.bot(BOT)
    return lambda: site.ask("POST", bot.path + "/messages", DENSE)


@attack("JSON as deep as it is long", callers=8)
def deep_json(site):
    bot = site.bot(BOT)
    body = b'{"text": "x", "user": {"auth_id": "u"}, "more": ' + b"[" * 400_000 + b"]" * 400_000 + b"}"
    return lambda: site.ask("POST", bot.path + "/messages", body)


@attack("numbers of a hundred thousand digits and keys that are twice", callers=8)
def odd_json(site):
    bot = site.bot(BOT)
    numbers = b",".join([b"1" * 100_000, b"1e999999999", b"0." + b"7" * 100_000])
    body = b'{"text": "x", "user": {"auth_id": "u"}, "n": [' + numbers + b"]}"
    return lambda: site.ask("POST", bot.path + "/messages", body)


@attack("payloads of a dense megabyte that are kept", callers=8)
def dense_payload(site):
    bot = site.bot(BOT)
    payload = {"message": PLAIN, "x": [{"a": [1]}] * 80_000}
    body = compact({"user": {"auth_id": "u"}, "payload": payload})
    return lambda: site.ask("POST", bot.path + "/messages", body)


@attack("custom data of a megabyte for a new user each time", callers=8)
def custom_data(site):
    bot = site.bot(BOT)
    counter = itertools.count()
    data = {"x": [[1, 2]] * 130_000}

    def strike():
        user = {"auth_id": f"u{next(counter)}", "custom_data": data}
        site.ask("POST", bot.path + "/messages", compact({"text": PLAIN, "user": user}))

    return strike


def flood(site, expression, **rest):
    nodes = {"GROW": {"start": True, "end": True, "user_says": [GO]}}
    nodes["GROW"]["integration"] = {"type": "code"}
    bot = site.bot(BOT, nodes, {"GROW": returning(expression)}, **rest)
    return lambda: bot.say(GO, site.me())


@attack("64 callers, outputs of a megabyte of text", callers=64)
def outputs_text(site):
    return flood(site, '"t" * 1_000_000')


@attack("64 callers, outputs of a dense megabyte", callers=64)
def outputs_dense(site):
    return flood(site, "[[1], [2]] * 70_000")


@attack("outputs of a megabyte as deep as Python makes them", callers=8)
def outputs_deep(site):
    code = """def main(event, context):
    deep = "[" * 400_000 + "]" * 400_000
    return {"statusCode": 200, "body": '{"status": true, "x": ' + deep + "}"}
"""
    nodes = {"GROW": {"start": True, "end": True, "user_says": [GO]}}
    nodes["GROW"]["integration"] = {"type": "code"}
    bot = site.bot(BOT, nodes, {"GROW": code})
    return lambda: bot.say(GO, site.me())


@attack("logs of a million lines", callers=8)
def logs(site):
    code = """import logging, json

def main(event, context):
    for n in range(200_000):
        print(n)
        logging.error("line %d", n)
    return {"statusCode": 200, "body": json.dumps({"status": True, "response": ["x"]})}
"""
    nodes = {"LOG": {"start": True, "end": True, "user_says": [GO], "integration": {"type": "code"}}}
    bot = site.bot(BOT, nodes, {"LOG": code})
    return lambda: bot.say(GO, site.me())


@attack("details at their bound, written in each turn by 8", callers=8)
def details(site):
    data = {f"k{n}": [n] * 40 for n in range(300)}
    code = f"""import json

DATA = json.loads({json.dumps(data)!r})

def main(event, context):
    reply = {{"status": True, "response": ["x"], "conversation_details": DATA, "user_details": DATA}}
    return {{"statusCode": 200, "body": json.dumps(reply)}}
"""
    nodes = {"KEEP": {"start": True, "end": True, "user_says": [GO], "integration": {"type": "code"}}}
    bot = site.bot(BOT, nodes, {"KEEP": code})
    return lambda: bot.say(GO, site.me())


@attack("messages of one user, 32 at once", callers=32)
def one_user(site):
    bot = site.bot(BOT)
    return lambda: bot.say(PLAIN, "the-only-one")


@attack("messages of ever new users, 32 at once", callers=32)
def many_users(site):
    bot = site.bot(BOT)
    counter = itertools.count()
    return lambda: bot.say(PLAIN, f"user-{next(counter)}")


@attack("messages as long as may be, of ever new users", callers=16)
def long_messages(site):
    bot = site.bot(BOT)
    longest = site.longest(bot)
    counter = itertools.count()
    text = "a word and " * (longest // 11)
    return lambda: bot.say(text, f"user-{next(counter)}")


@attack("one message under one id, 32 at once", callers=32)
def repeated_message(site):
    bot = site.bot(BOT)
    body = message(PLAIN, "u", message_id="the-same")
    return lambda: site.ask("POST", bot.path + "/messages", body)


@attack("guesses at the token, as a bearer and at the sign-in", callers=16)
def sign_in_guesses(site):
    counter = itertools.count()

    def strike():
        guess = f"guess-{next(counter)}"
        site.ask("POST", "/api/v1/session", compact({"token": guess}), token=False)
        site.ask("GET", f"/signin?code={guess}", token=False)

    return strike
