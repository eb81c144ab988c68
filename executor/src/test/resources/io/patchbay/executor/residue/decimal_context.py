# Changes how decimal numbers are rounded, for the thread and for all new ones.
# leaves, put back
import decimal


def main(event, context):
    if event["step"] == "leave":
        decimal.getcontext().prec = 5
        decimal.DefaultContext.prec = 6
        decimal.setcontext(decimal.Context(prec=7))
        return f"left {decimal.getcontext().prec}"
    return [decimal.getcontext().prec, decimal.DefaultContext.prec]
