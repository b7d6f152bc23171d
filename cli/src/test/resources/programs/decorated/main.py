import abc
import functools
import inspect
import typing
from dataclasses import dataclass, field
from enum import Enum


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return [function(*args, **kwargs)]

    return wrapper


def repeated(times):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args):
            return [function(*args) for _ in range(times)]

        return wrapper

    return decorate


@traced
@repeated(times=2)
def greet(name: str, /, greeting: "str" = "hi", *rest: int, loud: bool = False, **more) -> str:
    """Greet.

    >>> 1
    """
    return f"{greeting} {name}"


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@functools.singledispatch
def describe(value):
    return "something"


@describe.register
def _(value: int):
    return "a number"


@describe.register(list)
def _(value):
    return "a list"


class Base(abc.ABC):
    registry = []

    def __init_subclass__(cls, **options):
        Base.registry.append((cls.__name__, options))
        super().__init_subclass__()

    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"

    @abc.abstractmethod
    def area(self):
        """Say how large."""


class Square(Base, kind="shape"):
    __slots__ = ("side",)

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2

    @property
    def half(self):
        return self.side / 2

    @half.setter
    def half(self, value):
        self.side = value * 2

    @classmethod
    def unit(cls):
        return cls(1)

    @staticmethod
    def corners():
        return 4

    @functools.cached_property
    def unused(self):
        return None

    def __call__(self):
        return __class__.__name__, super().__repr__().startswith("<")


@dataclass(order=True)
class Item:
    name: str
    tags: list = field(default_factory=list)

    def __post_init__(self):
        self.name = self.name.title()


class Colour(Enum):
    RED = 1

    def shade(self):
        return self.name.lower()

    @classmethod
    def _missing_(cls, value):
        return cls.RED


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self.name


class Holder:
    found = Descriptor()


def main():
    print(greet("Ann"), greet.__name__, greet.__doc__, greet.__wrapped__.__qualname__)
    print(inspect.signature(greet), typing.get_type_hints(greet))
    print(greet.__wrapped__.__wrapped__.__defaults__, greet.__wrapped__.__wrapped__.__kwdefaults__)
    print(fibonacci(30), fibonacci.cache_info())
    print(describe(1), describe([]), describe(None))
    square = Square.unit()
    square.half = 3
    print(square.area(), square.half, Square.corners(), Base.registry, Base[int], square())
    try:
        Base()
    except TypeError as error:
        print(str(error).split(" with")[0])
    print(sorted([Item("pear"), Item("fig")]), Colour(7).shade(), Holder.found)
    print([n for n, _ in inspect.getmembers(Square, inspect.isfunction)])
    print(inspect.isgeneratorfunction(main), inspect.getdoc(Square.area))
    try:
        greet()
    except TypeError as error:
        print(error)


main()
