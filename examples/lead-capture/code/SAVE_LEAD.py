"""Posts what the user has said to the store.

Output: {"status": True, "state": "added" | "changed", "lead": {"email": str, "topic": str}}, or
{"status": False, "state": "unavailable"}. The rules of the node SAVE_LEAD look at `state`.
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
    lead = {name: payload.entities.get(name) for name in ("email", "topic")}
    try:
        before = save(payload.env_variables, payload.user["user_id"], lead)
    except (OSError, ValueError) as error:  # no connection, no answer in time, or a broken one
        logger.warning("the store does not answer: %s", error)
        return reply(status=False, state="unavailable")
    state = "added" if before is None else "changed"
    logger.info("%s, topic %s", state, lead["topic"])
    return reply(state=state, lead=lead)


def save(variables, user_id, lead):
    """Replaces the user's lead; returns the one before, or None. Doing it again is safe."""
    where, body = variables["LEAD_LIST"], json.dumps(lead).encode()
    if variables.get("LEAD_REDIS_URL"):
        key = f"lead:{where}:{user_id}"
        before = ask_redis(variables["LEAD_REDIS_URL"], "GETSET", key, body)
        return None if before is None else json.loads(before)
    path = f"/lists/{urllib.parse.quote(where, '')}/leads/{urllib.parse.quote(user_id, '')}"
    return ask_service(variables, "PUT", path, body)["before"]


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
