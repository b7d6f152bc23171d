import copy
import copyreg
import functools
import pickle

from goods import Cart, Price, discount, make


class Local:
    def method(self):
        return "method"


def rebuild(value):
    return Rebuilt(value)


class Rebuilt:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return rebuild, (self.value,)


def main():
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        data = pickle.dumps([discount, Cart, Cart.total, Price("1.50")], protocol)
        print(protocol, data, pickle.loads(data)[0] is discount)
    cart = Cart([Price("2"), Price("3.25")])
    again = pickle.loads(pickle.dumps(cart))
    print(again == cart, again.total(), copy.deepcopy(cart) == cart)
    print(pickle.loads(pickle.dumps(cart.total))(), pickle.loads(pickle.dumps(Local().method))())
    print(pickle.loads(pickle.dumps(functools.partial(discount, percent=50)))(Price("4")))
    print(pickle.loads(pickle.dumps(Rebuilt(5))).value, copyreg.dispatch_table.get(Cart))
    try:
        pickle.dumps(make())
    except (AttributeError, pickle.PicklingError) as error:
        print(error)


main()
