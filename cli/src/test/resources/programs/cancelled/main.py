import asyncio
import contextlib


async def sleeper(log, name):
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        log.append(f"{name} cancelled")
        raise
    finally:
        log.append(f"{name} ends")


async def shielded(log):
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        return log.append("swallowed")


async def ticks(log):
    try:
        while True:
            yield "tick"
            await asyncio.sleep(0)
    finally:
        log.append("ticks end")


@contextlib.asynccontextmanager
async def session(log):
    log.append("open")
    try:
        yield "session"
    finally:
        log.append("close")


async def fails():
    await asyncio.sleep(0)
    raise LookupError("in a task")


async def main():
    log = []
    task = asyncio.create_task(sleeper(log, "task"))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", task.cancelled())
    try:
        await asyncio.wait_for(sleeper(log, "slow"), 0.01)
    except asyncio.TimeoutError:
        print("timed out")
    stubborn = asyncio.create_task(shielded(log))
    await asyncio.sleep(0)
    stubborn.cancel()
    print(await stubborn, stubborn.cancelled())
    async for tick in ticks(log):
        print(tick)
        break
    closing = ticks(log)
    print(await closing.__anext__())
    await closing.aclose()
    async with session(log) as name:
        print(name, [i async for i in limited(3)])
    print([repr(r) for r in await asyncio.gather(fails(), limit(1), return_exceptions=True)])
    never_awaited = limit(2)
    never_awaited.close()
    asyncio.create_task(sleeper(log, "left behind"))
    await asyncio.sleep(0)
    return log


async def limit(n):
    return n


async def limited(n):
    for i in range(n):
        yield i


log = asyncio.run(main())
print(sorted(log))
