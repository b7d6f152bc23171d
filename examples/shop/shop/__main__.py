#!/usr/bin/env python3
"""Serves a few customers: ``python -m shop [seed]``."""
import asyncio
import random
import sys

from shop.catalog import Catalog, load_products
from shop.checkout import Cart, OutOfStock, checkout
from shop.delivery import deliver_all


def main(argv=None):
    """Runs the shop once and prints what was sold."""
    argv = sys.argv[1:] if argv is None else argv
    random.seed(int(argv[0]) if argv else 7)
    catalog = Catalog(load_products())
    orders = []
    for customer in ("Ada", "Grace", "Linus"):
        cart = Cart(customer)
        for product in catalog.search(lambda p: p.price < 50):
            cart.add(product, random.randint(1, 3))
        try:
            orders.append(checkout(cart, catalog))
        except OutOfStock as problem:
            print(f"{customer}: {problem}")
    for receipt in asyncio.run(deliver_all(orders)):
        print(receipt)
    return 0


if __name__ == "__main__":
    sys.exit(main())
