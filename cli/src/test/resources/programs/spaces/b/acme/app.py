import acme
from acme.two import two


def main():
    print(two(), len(acme.__path__), acme.__file__ if hasattr(acme, "__file__") else None)


if __name__ == "__main__":
    main()
