import atexit
import sys


@atexit.register
def goodbye():
    print("goodbye")


def leave(code):
    try:
        sys.exit(code)
    finally:
        print("leaving with", code)


def main():
    try:
        leave("a message")
    except SystemExit as error:
        print("not yet:", error.code)
    try:
        leave(None)
    except BaseException as error:
        print(type(error).__name__, error.code)
    leave(3)


main()
