"""Short ways to read what a call gets and to build what it answers. Using it is optional.

    from patchbay import Payload, reply, text

    def main(event, context):
        order_id = Payload(event).entities.get("order_id", "")
        return reply(text(f"Looking for {order_id}", quick_replies=["Stop"]), order_id=order_id)

Reading: `Payload`, `body`, `Entities`. Bubbles: `text`, `button`, `carousel`, `image`, and their
parts `quick_reply`, `say`, `link`, `call`, `card`. Answering: `reply`. The module needs nothing
but Python 3.9 and its standard library, keeps no state and does no input or output.

Numbers such as K10 in the docstrings are those of docs/reference/contract.md.
"""

from .answer import reply
from .hsl import button, call, card, carousel, image, link, quick_reply, say, text
from .payload import Entities, Payload, body

__all__ = [
    "Entities",
    "Payload",
    "body",
    "button",
    "call",
    "card",
    "carousel",
    "image",
    "link",
    "quick_reply",
    "reply",
    "say",
    "text",
]
