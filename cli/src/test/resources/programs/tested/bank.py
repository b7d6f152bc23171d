class Overdrawn(Exception):
    pass


def withdraw(account, amount):
    if amount > account["balance"]:
        raise Overdrawn(f"{amount} is too much")
    account["balance"] -= amount
    return account["balance"]
