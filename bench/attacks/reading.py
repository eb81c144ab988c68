"""What is asked for again and again."""

from harness.attack import attack
from harness.site import compact

from .templates import BOT, GO, returning


def with_past(site, turns):
    """A bot with so many invocations of a megabyte and as long a transcript of one user."""
    nodes = {"GROW": {"start": True, "end": True, "user_says": [GO], "bot_says": ["[[x]]"]}}
    nodes["GROW"]["integration"] = {"type": "code"}
    # A reply below its bound, an output at its own.
    bot = site.bot(BOT, nodes, {"GROW": returning('"r" * 900_000')})
    for _ in range(turns):
        bot.say(GO, "reader")
    return bot


@attack("a transcript of 30 MB, read again and again", callers=4)
def read_transcript(site):
    bot = with_past(site, 30)
    return lambda: site.ask("GET", bot.path + "/users/reader/conversation")


@attack("a search through 60 invocations of a megabyte", callers=4)
def search_invocations(site):
    bot = with_past(site, 60)
    return lambda: site.ask("GET", bot.path + "/invocations?text=nowhere-to-be-found")


@attack("a list of invocations, page by page, each from the beginning", callers=8)
def list_invocations(site):
    bot = with_past(site, 20)
    return lambda: site.ask("GET", bot.path + "/invocations?limit=200")


@attack("one invocation of a megabyte, read by 16", callers=16)
def read_invocation(site):
    bot = with_past(site, 1)
    listed = site.good("GET", bot.path + "/invocations?limit=1")["invocations"]
    path = "/api/v1/invocations/" + listed[0]["invocation_id"]
    return lambda: site.ask("GET", path)


@attack("/metrics, /openapi.json, /health/ready and the pages in a loop", callers=8)
def public_pages(site):
    paths = ("/metrics", "/openapi.json", "/health/ready", "/schemas/bot.json", "/", "/api/v1/bots")

    def strike():
        for path in paths:
            site.ask("GET", path)

    return strike


@attack("paths that are no route", callers=8)
def no_routes(site):
    path = "/api/v1/bots/" + "a/" * 1500
    return lambda: site.ask("GET", path)


@attack("a test of an integration by 16, an input of a megabyte", callers=16)
def test_runs(site):
    bot = site.bot(BOT)
    body = compact({"input": {"x": [[1]] * 150_000}})
    return lambda: site.ask("POST", bot.path + "/integrations/WORK/test", body)
