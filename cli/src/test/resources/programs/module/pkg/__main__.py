from . import greet


def main():
    print(greet("module"), greet("module", loud=True), __package__, __name__)


main()
