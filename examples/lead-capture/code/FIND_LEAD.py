"""Fetches what the store knows of the user.

Output: {"status": True, "state": "known" | "new", "lead": {"email": str, "topic": str} | None}, or
{"status": False, "state": "unavailable"}. The rules of the node FIND_LEAD look at `state`.
"""

import hashlib
import hmac
import json
import logging
import time
import urllib.parse
import urllib.request

from patchbay import Payload, reply

STORE_SECONDS = 3

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def main(event, context):
    payload = Payload(event)
    try:
        lead = find(payload.env_variables, payload.user["user_id"])
    except (OSError, ValueError) as error:  # no connection, no answer in time, or a broken one
        logger.warning("the store does not answer: %s", error)
        return reply(status=False, state="unavailable")
    logger.info("the user is %s", "new" if lead is None else "known")
    return reply(state="new" if lead is None else "known", lead=lead)


def find(variables, user_id):
    """The user's lead, or None."""
    where = variables["LEAD_LIST"]
    if variables.get("LEAD_REDIS_URL"):
        found = ask_redis(variables["LEAD_REDIS_URL"], "GET", f"lead:{where}:{user_id}")
        return None if found is None else json.loads(found)
    path = f"/lists/{urllib.parse.quote(where, '')}/leads/{urllib.parse.quote(user_id, '')}"
    return ask_service(variables, "GET", path, b"")["lead"]


def ask_service(variables, method, path, body):
    """Method, path, time and body are signed, so that none of them can be changed on the way."""
    stamp = str(int(time.time()))
    signed = f"{method}\n{path}\n{stamp}\n".encode() + body
    signature = hmac.new(variables["LEAD_STORE_KEY"].encode(), signed, hashlib.sha256).hexdigest()
    call = urllib.request.Request(
        f"http://127.0.0.1:{variables['LEAD_STORE_PORT']}{path}",
        data=body or None,
        method=method,
        headers={"Content-Type": "application/json", "X-Time": stamp, "X-Signature": signature},
    )
    with urllib.request.urlopen(call, timeout=STORE_SECONDS) as answer:
        return json.loads(answer.read())


def ask_redis(url, *command):
    import redis  # a package, which is needed only here

    seconds = {"socket_timeout": STORE_SECONDS, "socket_connect_timeout": STORE_SECONDS}
    try:
        with redis.Redis.from_url(url, **seconds) as client:
            return client.execute_command(*command)
    except redis.RedisError as error:
        raise OSError(str(error)) from error
