def price(amount):
    return f"{amount / 100:.2f}"
