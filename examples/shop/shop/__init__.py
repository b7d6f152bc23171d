"""A small shop: catalog, checkout, delivery."""
