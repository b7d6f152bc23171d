import lib


def main():
    print("a program inside a package:", lib.shout("tool"), __package__)


if __name__ == "__main__":
    main()
