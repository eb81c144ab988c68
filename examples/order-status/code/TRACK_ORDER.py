"""Asks the provider how an order stands, and translates its answer.

Output: {"status": True, "order_id": str, "state": "shipped" | "late" | "not_found" | "unavailable",
"item": str, "days_late": int}. The rules of the node TRACK_ORDER choose the reply by `state` and
`days_late`.
"""

import json
import logging
import urllib.request
import xml.etree.ElementTree as xml

PROVIDER_SECONDS = 3
HOURS_A_DAY = 24

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def main(event, context):
    payload = json.loads(event["body"])
    order_id = first_value(payload["entities"], "order_id")
    port = payload["env_variables"]["PROVIDER_PORT"]
    try:
        answer = ask_provider(f"http://127.0.0.1:{port}/tracking", order_id.upper())
    except (OSError, xml.ParseError) as error:  # no connection, no answer in time, or no 200
        logger.warning("the provider does not answer: %s", error)
        return reply(order_id, "unavailable")
    return translate(order_id, answer)


def first_value(entities, name):
    """The first collected value of a regex entity: [{"entity_value": {"value": ...}, ...}]."""
    return entities[name][0]["entity_value"]["value"]


def ask_provider(url, reference):
    """The provider's XML: <trackingReply> with a <shipment> or a <fault>."""
    request = xml.Element("trackingRequest")
    xml.SubElement(request, "reference").text = reference
    headers = {"Content-Type": "text/xml"}
    call = urllib.request.Request(url, data=xml.tostring(request), headers=headers)
    with urllib.request.urlopen(call, timeout=PROVIDER_SECONDS) as answer:
        return xml.fromstring(answer.read())


def translate(order_id, answer):
    """The provider counts hours of delay; the bot speaks of days, and begun ones count."""
    shipment = answer.find("shipment")
    if shipment is None:
        fault = answer.find("fault")
        logger.info("no order %s: %s", order_id, "no reason" if fault is None else fault.get("code"))
        return reply(order_id, "not_found")
    hours = int(shipment.findtext("delayHours", "0"))
    days_late = -(-hours // HOURS_A_DAY)
    state = "late" if days_late > 0 else "shipped"
    logger.info("order %s: %s, %d hours late", order_id, state, hours)
    return reply(order_id, state, shipment.findtext("goods", ""), days_late)


def reply(order_id, state, item="", days_late=0):
    output = {
        "status": True,
        "order_id": order_id,
        "state": state,
        "item": item,
        "days_late": days_late,
    }
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(output),
    }
