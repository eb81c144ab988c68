"""Whether a contestant answers what it should. One that fails looks fast."""

import json


class Wrong(Exception):
    """The contestant answered something else, or failed; its figures mean nothing."""


def same_reply(contestant, expected):
    """Asks once and compares what comes back with the reply of the workload."""
    status, body = contestant.ask()
    if status != 200:
        raise Wrong(f"status {status}: {excerpt(body)}")
    try:
        reply = contestant.reply_of(json.loads(body))
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise Wrong(f"no such reply ({error!r}): {excerpt(body)}") from error
    if reply != expected:
        raise Wrong(f"another reply: {excerpt(json.dumps(reply))}")


def no_failure(load, failures):
    """After a load: nothing refused, nothing broken off, and nothing failed behind a status 200."""
    if load["requests"] == 0:
        raise Wrong("no request was completed")
    if load["refused"] or load["broken"]:
        raise Wrong(f"{load['refused']} answers were no 200, {load['broken']} were broken off")
    if failures:
        raise Wrong(f"{failures} of the answers were failures")


def excerpt(body):
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    return text if len(text) <= 300 else text[:300] + " ..."
