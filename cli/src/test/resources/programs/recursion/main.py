import sys


def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


def endless(n):
    return endless(n + 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def nested(n):
    yield n
    if n:
        yield from nested(n - 1)


def main():
    print(depth(900), even(801), sum(nested(200)), sys.getrecursionlimit())
    for _ in range(3):
        try:
            endless(0)
        except RecursionError as error:
            print(type(error).__name__)
    print(depth(900))


main()
