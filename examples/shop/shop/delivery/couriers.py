"""Bringing orders to customers, several at once."""
import asyncio


class Courier:
    def __init__(self, name, seconds):
        self.name = name
        self.seconds = seconds

    async def deliver(self, order):
        await asyncio.sleep(self.seconds)
        return f"{self.name} brought {order.customer} goods for {order.total:.2f}"

    async def track(self, order):
        for stage in ("packed", "on the way", "at the door"):
            yield f"{order.customer}: {stage}"
            await asyncio.sleep(0)


async def follow(courier, order):
    """Watches a delivery until it is on the way; nobody waits at the door."""
    stages = courier.track(order)
    try:
        async for stage in stages:
            if stage.endswith("on the way"):
                return stage
    finally:
        await stages.aclose()


async def deliver_all(orders):
    """Delivers orders at the same time; a courier who takes too long is called off."""
    couriers = [Courier("Bolt", 0.001), Courier("Snail", 30)]

    async def first_of(order):
        tasks = [asyncio.create_task(c.deliver(order)) for c in couriers]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        return done.pop().result()

    await asyncio.gather(*(follow(couriers[0], order) for order in orders))
    return await asyncio.gather(*map(first_of, orders))
