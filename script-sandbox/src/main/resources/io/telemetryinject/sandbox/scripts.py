"""Compiled scripts by digest: compiled once per worker, not once per batch."""
from collections import OrderedDict

from telemetry_sandbox import offspring
from telemetry_sandbox.faults import describe

FILE_NAME = "<insertion_script>"
_CAPACITY = 512
_TRIAL_MS = 10_000


def compile_script(text):
    return compile(text, FILE_NAME, "exec", dont_inherit=True)


class CompiledScripts:
    """Code objects, or the reason (a str) why a script has none; the least used go first."""

    def __init__(self, board, lockdown):
        self._board = board
        self._lockdown = lockdown
        self._known = OrderedDict()

    def get(self, digest):
        known = self._known.get(digest)
        if known is not None:
            self._known.move_to_end(digest)
        return known

    def add(self, texts):
        """texts: digest -> text. What stalls or crashes the compiler does so in a child first."""
        waiting = list(texts.items())
        while waiting:
            self._board.clear()
            ending = offspring.run(lambda: self._try_all(waiting), self._lockdown, _TRIAL_MS)
            fine, _ = self._board.read()
            for digest, text in waiting[:fine]:
                self._keep(digest, _compiled(text))
            waiting = waiting[fine:]
            if waiting and ending.status != offspring.DONE:
                digest, _ = waiting.pop(0)
                self._keep(digest, f"compiling it ended the compiler (exit {ending.exit_code})")

    def _try_all(self, waiting):
        for _, text in waiting:
            _compiled(text)
            self._board.add(b"")

    def _keep(self, digest, compiled):
        self._known[digest] = compiled
        if len(self._known) > _CAPACITY:
            self._known.popitem(last=False)


def _compiled(text):
    try:
        return compile_script(text)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        return describe(error)
