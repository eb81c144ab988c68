"""W3: code that waits 50 ms for somebody else. Every contestant runs this very file."""

import json
import time


def main(event, context):
    entities = json.loads(event["body"])["entities"]
    order = entities["order_id"][0]["entity_value"]["value"]
    time.sleep(0.05)
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"status": True, "response": [f"Order {order} is on its way."]}),
    }
