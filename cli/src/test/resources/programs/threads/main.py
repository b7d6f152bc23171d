import contextvars
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

current = contextvars.ContextVar("current")
local = threading.local()


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def work(n):
    local.value = n
    current.set(n)
    result = fibonacci(n)
    return result, local.value == n, current.get() == n


class Counter(threading.Thread):
    def __init__(self, jobs, results):
        super().__init__()
        self.jobs, self.results = jobs, results

    def run(self):
        while (job := self.jobs.get()) is not None:
            self.results.append(fibonacci(job))


def fails():
    raise OSError("in a thread")


def main():
    with ThreadPoolExecutor(4) as pool:
        print(list(pool.map(work, range(8, 14))))
        print(repr(pool.submit(fails).exception()))
    jobs, results = queue.Queue(), []
    counters = [Counter(jobs, results) for _ in range(3)]
    for counter in counters:
        counter.start()
    for job in [*range(10), None, None, None]:
        jobs.put(job)
    for counter in counters:
        counter.join()
    print(sorted(results), threading.active_count())


main()
