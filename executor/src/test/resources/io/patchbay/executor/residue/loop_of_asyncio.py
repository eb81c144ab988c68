# Keeps a loop, with a task that waits, and sets how loops are made.
# leaves, put back
import asyncio

kept = []


class Policy(asyncio.DefaultEventLoopPolicy):
    pass


async def wait():
    kept.append("left")
    await asyncio.sleep(60)


def main(event, context):
    if event["step"] == "leave":
        asyncio.set_event_loop_policy(Policy())
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        kept.append(loop.create_task(wait()))
        loop.run_until_complete(asyncio.sleep(0))
        return kept[-1]
    return [len(kept), type(asyncio.get_event_loop_policy()).__name__]
