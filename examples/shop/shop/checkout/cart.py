"""What a customer is about to buy."""


class Cart:
    def __init__(self, customer):
        self.customer = customer
        self.lines = {}

    def add(self, product, count=1):
        """Adds pieces of a product; a count of nothing changes nothing."""
        if count <= 0:
            return
        self.lines[product.name] = self.lines.get(product.name, 0) + count

    def __len__(self):
        return sum(self.lines.values())

    @staticmethod
    def describe(name, count): return f"{count} x {name}"

    def lines_of_text(self):
        for name, count in self.lines.items():
            yield self.describe(name, count)
