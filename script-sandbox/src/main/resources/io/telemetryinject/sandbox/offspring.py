"""Runs one piece of work in a forked, locked child, and ends the child whatever it does."""
import gc
import os
import select
import signal
import sys
import time
from collections import namedtuple

from telemetry_sandbox.board import BoardFull

DONE, LATE, DIED, FULL, UNLOCKED = range(5)
_FULL_EXIT = 75
# What a child says through its pipe when it could not be locked; once locked it cannot write.
_NOT_LOCKED = b"x"

# status: one of the above; exit_code: negative for a signal.
Ending = namedtuple("Ending", "status exit_code")


def run(work, lockdown, deadline_ms):
    """Runs work() in a child; returns its Ending once nothing of the child is left."""
    watched, held = os.pipe()
    parent = os.getpid()
    gc.freeze()
    child = os.fork()
    if child == 0:
        _live(work, lockdown, held, parent, deadline_ms)
    os.close(held)
    late = not _ends_in_time(child, watched, deadline_ms)
    unlocked = not late and lockdown.strict and os.read(watched, 1) == _NOT_LOCKED
    os.close(watched)
    # Also when its end of the pipe is closed: it may have closed that and gone on.
    _kill(child)
    _, status = os.waitpid(child, 0)
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    if late:
        return Ending(LATE, code)
    if unlocked:
        return Ending(UNLOCKED, code)
    return Ending({0: DONE, _FULL_EXIT: FULL}.get(code, DIED), code)


def _live(work, lockdown, held, parent, deadline_ms):
    code = 1
    try:
        os.dup2(held, 0)
        try:
            lockdown.lock_child(parent, deadline_ms // 1000 + 2)
        except BaseException:
            os.write(0, _NOT_LOCKED)
            raise
        work()
        code = 0
    except BoardFull:
        code = _FULL_EXIT
    finally:
        os._exit(code)


def _ends_in_time(child, watched, deadline_ms):
    end = time.monotonic() + deadline_ms / 1000
    poll = select.poll()
    poll.register(watched, select.POLLIN)
    poll.register(0, 0)
    while True:
        left = end - time.monotonic()
        ready = poll.poll(left * 1000) if left > 0 else []
        if not ready:
            return False
        if any(descriptor == watched for descriptor, _ in ready):
            return True
        # Standard input hung up: nobody waits for an answer any more.
        _kill(child)
        sys.exit(0)


def _kill(child):
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:
        # It has not come as far as leading a group of its own.
        os.kill(child, signal.SIGKILL)
