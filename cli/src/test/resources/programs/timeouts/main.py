import signal


class Late(Exception):
    pass


def on_alarm(signum, frame):
    raise Late(signum == signal.SIGALRM)


def step(n):
    return n + 1


def busy():
    n = 0
    while True:
        n = step(n)


def attempt(seconds):
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        busy()
    except Late as late:
        return late.args[0]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, on_alarm)
print(sum(attempt(0.001 + i / 1e5) for i in range(100)))
signal.alarm(1)
try:
    busy()
except Late as late:
    print("alarm", late)
