import concurrent.futures
import multiprocessing
import os
import sys


def square(x):
    return x * x


def fails(x):
    raise ValueError(f"no {x}")


def worker(queue, x):
    queue.put(square(x))


def fork():
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        square(3)
        os._exit(square(2))
    _, status = os.waitpid(child, 0)
    return status >> 8


def fork_and_return():
    """The child leaves through the same calls as its parent."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    return child


def pooled(method):
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        results = pool.map(square, range(5))
        try:
            pool.apply(fails, (1,))
        except ValueError as error:
            results.append(str(error))
        pool.close()
        pool.join()
    queue = context.Queue()
    process = context.Process(target=worker, args=(queue, 7))
    process.start()
    results.append(queue.get())
    process.join()
    return results, process.exitcode


def futures():
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        return list(pool.map(square, range(3)))


def main():
    print(fork())
    print(pooled("fork"))
    print(pooled("spawn"))
    print(futures())
    return fork_and_return()


if __name__ == "__main__":
    if main() == 0:
        os._exit(0)
    print("parent ends")
