import asyncio


def double(x): return 2 * x
def nothing(): pass
def several(x): y = x + 1; z = y * 2; return z
def only_documented(): "says what"
def maybe(x):  return x if x else None  # a comment
def counts(n): yield from range(n)
async def later(x): return await asyncio.sleep(0, x)
def bare(x): return
def fails(): raise ValueError("one line")


class Point:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other.x
    @property
    def twice(self): return self.x * 2


def outer(x):
    def inner(y): return x + y
    if x: return inner(1)
    else: return inner(2)


print(double(2), nothing(), several(1))
print(only_documented(), only_documented.__doc__, maybe(0), list(counts(3)), bare(1))
print(asyncio.run(later("later")), Point(1) == Point(1), Point(4).twice, outer(0), outer(1))
try: fails()
except ValueError as problem: print(problem)
