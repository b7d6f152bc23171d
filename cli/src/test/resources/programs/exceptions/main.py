import sys
import traceback


class Oops(Exception):
    def __init__(self, code, *rest):
        super().__init__(f"oops {code}", *rest)
        self.code = code


def fails(code):
    raise Oops(code)


def chained():
    try:
        fails(1)
    except Oops as cause:
        raise KeyError("chained") from cause


def implicit():
    try:
        fails(2)
    except Oops:
        {}["implicit"]


def suppressed():
    try:
        fails(3)
    except Oops:
        raise ValueError("suppressed") from None


def reraised():
    try:
        return fails(4)
    except Oops as error:
        error.args += ("seen",)
        raise
    finally:
        last = sys.exc_info()[0]
        assert last is Oops


def finally_returns():
    try:
        fails(5)
    finally:
        return "finally"


def in_finally():
    try:
        fails(6)
    finally:
        raise OSError("in finally")


def loops():
    for code in range(3):
        try:
            if code == 1:
                continue
            fails(code)
        except Oops as error:
            if error.code == 2:
                return error.code
        else:
            raise AssertionError
        finally:
            if code == 5:
                break


def context_of_caller():
    return sys.exc_info()[1]


class Suppressing:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.names = [frame.name for frame in traceback.extract_tb(trace)]
        return kind is Oops


def with_suppression():
    with Suppressing() as suppressing:
        fails(7)
    return suppressing.names


def show(error):
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    print(type(error).__name__, error, names, type(error.__cause__).__name__)
    print("  ", error.__suppress_context__, len(traceback.format_exception(error)) > 2)
    if error.__context__ is not None:
        show(error.__context__)


def main():
    for function in (chained, implicit, suppressed, reraised, in_finally):
        try:
            function()
        except Exception as error:
            show(error)
    print(finally_returns(), loops(), with_suppression())
    try:
        fails(8)
    except Oops as error:
        print(context_of_caller() is error, sys.exc_info()[1] is error)
    print(sys.exc_info())
    try:
        raise Oops(9) from Oops(10)
    except Oops as error:
        show(error)
    fails("for good")


main()
