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
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        busy()
    except Late as late:
        return late.args[0]


signal.signal(signal.SIGALRM, on_alarm)
print(sum(attempt(0.001 + i / 1e5) for i in range(100)))
try:
    signal.alarm(1)
    busy()
except Late as late:
    print("alarm", late)
