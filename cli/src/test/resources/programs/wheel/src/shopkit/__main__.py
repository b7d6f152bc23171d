import importlib.metadata

from shopkit import price


def main():
    print(price(1999), importlib.metadata.version("shopkit"))
    return 4


if __name__ == "__main__":
    raise SystemExit(main())
