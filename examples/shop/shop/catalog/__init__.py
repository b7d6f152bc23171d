from shop.catalog.products import Product, load_products
from shop.catalog.search import Catalog

__all__ = ["Catalog", "Product", "load_products"]
