"""What is for sale."""
from __future__ import annotations

from dataclasses import dataclass

STOCK = """\
pen;1.20;40
notebook;4.50;6
lamp;32.00;3
chair;89.90;2
"""


@dataclass
class Product:
    """A product and how many of it are left."""

    name: str
    price: float
    left: int

    @property
    def available(self) -> bool: return self.left > 0

    def take(self, count: int) -> int:
        """Takes up to ``count`` pieces out of stock; returns how many there were."""
        taken = min(count, self.left)
        self.left -= taken
        return taken

    def __str__(self):
        return f"{self.name} at {self.price:.2f}"


def load_products(text: str = STOCK) -> list[Product]:
    """Reads products, one a line: name;price;left."""

    def parse(line: str) -> Product:
        name, price, left = line.split(";")
        return Product(name, float(price), int(left))

    return [parse(line) for line in text.splitlines() if line]
