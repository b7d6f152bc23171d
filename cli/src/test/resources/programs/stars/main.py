from listed import *
from shapes import *

shown = sorted(name for name in globals() if not name.startswith("__"))
print([name for name in shown if name != "_tel"])


def main():
    return round(area(2), 3), _odd(), Circle(1).radius


print(main())
print("left_out" in globals(), "_hidden" in globals())
