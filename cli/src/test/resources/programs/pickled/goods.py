from dataclasses import dataclass
from decimal import Decimal


class Price(Decimal):
    def __repr__(self):
        return f"Price({self})"


@dataclass
class Cart:
    prices: list

    def total(self):
        return sum(self.prices)

    def __getstate__(self):
        return {"prices": list(self.prices)}

    def __setstate__(self, state):
        self.__dict__.update(state)


def discount(price, percent=10):
    return price * (100 - percent) / 100


def make():
    def inner():
        return None

    return inner
