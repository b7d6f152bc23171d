"""Has no __all__: what a star takes is every name without an underscore."""

from math import pi


def area(radius):
    return pi * radius**2


def _hidden():
    return "hidden"


class Circle:
    def __init__(self, radius):
        self.radius = radius
