from shop.delivery.couriers import deliver_all

__all__ = ["deliver_all"]
