"""From cart to order."""
import contextlib

VAT = 0.19


class OutOfStock(Exception):
    """A product ran out before the order was placed."""


class Order:
    def __init__(self, customer, total, text):
        self.customer, self.total, self.text = customer, total, text


@contextlib.contextmanager
def reservation(catalog, cart):
    """Takes a cart's pieces out of stock; puts them back when the order fails."""
    taken = []

    def put_back():
        for product, count in taken:
            product.left += count

    try:
        for name, count in cart.lines.items():
            product = catalog.by_name(name)
            got = product.take(count)
            taken.append((product, got))
            if got < count:
                raise OutOfStock(f"only {got} of {count} {name} left")
        yield taken
    except OutOfStock:
        put_back()
        raise


def total_of(taken, tax=VAT):
    net = sum(product.price * count for product, count in taken)
    return round(
        net * (1 + tax),  # tax on everything
        2,
    )


def checkout(cart, catalog):
    """Turns a cart into an order.

    Raises OutOfStock, and then the stock is as it was before.
    """
    with reservation(catalog, cart) as taken:
        if not taken:
            raise ValueError("the cart is empty")
        text = """Order of %s:
  %s""" % (cart.customer, "\n  ".join(cart.lines_of_text()))
        return Order(cart.customer, total_of(taken), text)
