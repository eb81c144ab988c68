"""Secrets times what is searched for them."""

from harness.attack import attack

from .templates import BOT, GO, returning


def hiding(site, secrets, code, **rest):
    nodes = {"HIDE": {"start": True, "end": True, "user_says": [GO]}}
    nodes["HIDE"]["integration"] = {"type": "code"}
    bot = site.bot(BOT, nodes, {"HIDE": code}, secrets=secrets, **rest)
    return lambda: bot.say(GO, site.me())


def ordinary(count):
    return {f"KEY_{n}": f"ordinary-secret-value-{n:04d}-{n * 7919:08x}" for n in range(count)}


def prefixes():
    return {f"KEY_{k}": "a" * (4095 - k) + "b" for k in range(20)}


@attack("20 secrets a...ab of 4 096 characters, an output of a million a")
def mask_prefixes(site):
    return hiding(site, prefixes(), returning('"a" * 1_000_000'))


@attack("30 ordinary secrets, a dense megabyte of JSON", callers=8)
def mask_dense(site):
    return hiding(site, ordinary(30), returning("[[1, 2]] * 110_000"))


@attack("30 ordinary secrets, a megabyte of short keys and texts", callers=8)
def mask_keys(site):
    return hiding(site, ordinary(30), returning('{"ordinary-%d" % n: "secret" for n in range(30_000)}'))


@attack("30 ordinary secrets, a megabyte of base64 with line breaks", callers=8)
def mask_base64(site):
    made = '__import__("base64").encodebytes(bytes(range(256)) * 2_800).decode()'
    return hiding(site, ordinary(30), returning(made))


@attack("the shortest secrets that are masked, all over the output", callers=4)
def mask_hits(site):
    secrets = {f"KEY_{n}": f"zq{n:02d}zq{n:02d}" for n in range(30)}
    made = '"".join("zq%02dzq%02d" % (n % 30, n % 30) for n in range(120_000))'
    return hiding(site, secrets, returning(made))


@attack("20 secrets a...ab, logs of a million a and an exception of as many")
def mask_logs(site):
    code = """import logging

def main(event, context):
    for _ in range(60):
        print("a" * 16_000)
        logging.warning("a" * 16_000)
    raise ValueError("a" * 1_000_000)
"""
    return hiding(site, prefixes(), code)


@attack("300 secrets of 4 000 characters each, a dense megabyte")
def mask_many(site):
    secrets = {f"KEY_{n}": f"{n:04d}" + "k" * 3990 for n in range(300)}
    return hiding(site, secrets, returning('"k" * 900_000'))
