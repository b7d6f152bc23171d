"""Objects that allow nothing: whoever touches them fails."""

import sys


def refuse(*args, **kwargs):
    raise RuntimeError("touched")


NAMES = """abs add and await bool bytes call class_getitem complex contains delattr delitem dir divmod
enter eq exit float floordiv format ge getattr getattribute getitem gt hash iadd index int iter
le len length_hint lt missing mul ne next or radd reduce reduce_ex repr reversed round setattr
setitem sizeof str sub truediv""".split()


class Meta(type):
    def __getattribute__(cls, name):
        raise RuntimeError("touched the class")

    __repr__ = __str__ = __hash__ = __eq__ = __bool__ = __len__ = __iter__ = refuse
    __instancecheck__ = __dir__ = refuse


Untouchable = Meta("Untouchable", (), {f"__{name}__": refuse for name in NAMES})
UntouchableError = Meta("UntouchableError", (Exception,), {f"__{name}__": refuse for name in NAMES})


class Lying:
    @property
    def __class__(self):
        raise RuntimeError("asked for its class")


def through(value, *values, **named):
    return value


def keeps(value):
    through(value, value, key=value)
    return through(through(value))


def raises(error):
    raise error


def yields(value):
    yield value
    return value


def main():
    made = type.__call__(Untouchable)
    print(keeps(made) is made)
    lying = Lying()
    print(keeps(lying) is lying, keeps(Untouchable) is Untouchable)
    error = type.__call__(UntouchableError)
    try:
        raises(error)
    except BaseException as caught:
        print(caught is error)
    print([x is made for x in yields(made)])
    try:
        len(made)
    except RuntimeError as problem:
        print(problem)
    held = [made]
    before = sys.getrefcount(made)
    keeps(made)
    print(sys.getrefcount(made) == before, held[0] is made)


main()
