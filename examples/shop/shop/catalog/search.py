"""Finding products."""
import functools


def cached(function):
    """Remembers results by argument; knows nothing of the function it wraps."""
    results = {}

    @functools.wraps(function)
    def lookup(self, key):
        if (self, key) not in results:
            results[self, key] = function(self, key)
        return results[self, key]

    return lookup


class Catalog:
    def __init__(self, products):
        self._products = products

    def __iter__(self):
        yield from self._products

    def search(self, wanted):
        """Yields products that are wanted and available, cheapest first."""
        for product in sorted(self, key=lambda p: p.price):
            if not product.available:
                continue
            if wanted(product):
                yield product

    @cached
    def by_name(self, name):
        for product in self:
            if product.name == name:
                return product
        raise KeyError(name)
