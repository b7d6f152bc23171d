import os
import signal
import sys


def waits():
    yield 1


def dies():
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    suspended = waits()
    print(next(suspended))
    sys.stdout.flush()
    dies()


main()
