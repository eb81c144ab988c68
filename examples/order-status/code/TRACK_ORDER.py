"""Looks an order up and says how it stands.

Output: {"status": True, "order_id": str, "state": "shipped" | "late" | "not_found", "item": str,
"days_late": int}. The rules of the node TRACK_ORDER choose the reply by `state` and `days_late`.
"""

import json
import logging

logger = logging.getLogger()
logger.setLevel(logging.INFO)


def main(event, context):
    payload = json.loads(event["body"])
    order_id = first_value(payload["entities"], "order_id")
    order_book = json.loads(payload["env_variables"]["ORDER_BOOK"])

    order = order_book.get(order_id)
    if order is None:
        logger.info("no order %s among %d", order_id, len(order_book))
        return reply(order_id, "not_found")
    logger.info("order %s: %s", order_id, order)
    state = "late" if order["days_late"] > 0 else "shipped"
    return reply(order_id, state, order["item"], order["days_late"])


def first_value(entities, name):
    """The first collected value of a regex entity: [{"entity_value": {"value": ...}, ...}]."""
    return entities[name][0]["entity_value"]["value"]


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
