import contextlib
import itertools
import sys


def numbers(log):
    try:
        for number in itertools.count():
            received = yield number
            if received:
                log.append(received)
    except GeneratorExit:
        log.append("closed")
        raise
    finally:
        log.append("finally")


def stubborn(log):
    while True:
        try:
            yield "again"
        except ValueError as error:
            log.append(str(error))


def delegating(log):
    result = yield from returning()
    log.append(result)
    yield from numbers(log)


def returning():
    yield 1
    return "returned"


def swallows_exit():
    try:
        yield
    except GeneratorExit:
        return


def ignores_exit():
    try:
        yield 1
    except GeneratorExit:
        yield 2


@contextlib.contextmanager
def managed(log):
    log.append("enter")
    try:
        yield log
    except KeyError as error:
        log.append(f"handled {error}")
    finally:
        log.append("exit")


def main():
    log = []
    first = numbers(log)
    print(next(first), first.send("sent"))
    first.close()
    second = stubborn(log)
    print(next(second), second.throw(ValueError("thrown")))
    del second
    third = delegating(log)
    print([next(third) for _ in range(4)])
    del third
    with managed(log):
        raise KeyError("key")
    fourth = swallows_exit()
    next(fourth)
    fourth.close()
    fifth = ignores_exit()
    next(fifth)
    try:
        fifth.close()
    except RuntimeError as error:
        print(error)
    try:
        next(iter(returning_at_once()))
    except StopIteration as stop:
        print(stop.value)
    never_started = numbers(log)
    never_started.close()
    print(any(number > 3 for number in numbers(log)))
    print(list(itertools.islice(numbers(log), 2)), log)


def returning_at_once():
    return "at once"
    yield


main()
left_suspended = numbers([])
print(next(left_suspended), sys.getrefcount(left_suspended))
