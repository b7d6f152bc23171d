#!/usr/bin/env python3
"""Prints what must be ordered: ``python tools/restock.py [threshold]``."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from shop.catalog import load_products


def to_order(threshold):
    return [p for p in load_products() if p.left < threshold]


def main():
    for product in to_order(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
        print(product)


if __name__ == "__main__":
    main()
