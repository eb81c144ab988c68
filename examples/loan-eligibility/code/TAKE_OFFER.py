"""Confirms the offer that CHECK_LOAN has kept in the details of the conversation."""

from patchbay import Payload, reply, text

AGAIN = "can i get a loan"


def main(event, context):
    offer = Payload(event).conversation_details.get("offer")
    if offer is None:  # details end three hours after they were written
        gone = text(f"That offer is gone. Say: {AGAIN}.", quick_replies=[AGAIN])
        return reply(gone, status=False)
    return reply(
        f"Noted: {offer['amount']} over {offer['years']} year(s).",
        text("Shall I check another one?", quick_replies=[AGAIN]),
        conversation_details={},
    )
