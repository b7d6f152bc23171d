from shop.checkout.cart import Cart
from shop.checkout.orders import Order, OutOfStock, checkout

__all__ = ["Cart", "Order", "OutOfStock", "checkout"]
