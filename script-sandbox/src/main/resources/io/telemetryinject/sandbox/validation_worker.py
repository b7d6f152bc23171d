"""The worker that judges new scripts: imports and calls, pylint, their tests.

Requests: u8 operation, u32 deadline in ms, blobs; one answer each:
  LINT script         -> list of banned imports and calls, f64 score (NaN after such), list of
                         messages
  TEST script, tests  -> u32 passed, u32 failed, list of failures, list of surviving mutants
A list is a u32 count, then per text u32 length, UTF-8.
"""
import math
import struct
import sys

from telemetry_sandbox import offspring, policy, preload, seccomp, server, sink
from telemetry_sandbox.board import Board
from telemetry_sandbox.frames import U32, Reader, blob
from telemetry_sandbox.lockdown import Lockdown

_LINT, _TEST = 3, 4


def _listed(texts):
    return U32.pack(len(texts)) + b"".join(blob(t.encode("utf-8", "replace")) for t in texts)


class ValidationWorker:
    def __init__(self, board, lockdown, lint, test):
        self._board = board
        self._lockdown = lockdown
        self._lint_text = lint
        self._test_text = test

    def answer(self, request):
        reader = Reader(memoryview(request)[1:])
        (deadline_ms,) = reader.unpack(U32)
        texts = [str(reader.blob(), "utf-8")]
        if request[0] == _TEST:
            texts.append(str(reader.blob(), "utf-8"))
        judge = {_LINT: self._lint, _TEST: self._test}[request[0]]
        self._board.clear()
        ending = offspring.run(
            lambda: self._board.add(judge(*texts)), self._lockdown, deadline_ms
        )
        return server.reply(*ending, *self._board.read())

    def _lint(self, script):
        banned = policy.findings(script)
        score, messages = (math.nan, []) if banned else self._lint_text(script)
        return _listed(banned) + struct.pack("<d", score) + _listed(messages)

    def _test(self, script, tests):
        run = self._test_text(script, tests)
        counts = struct.pack("<II", run.passed, run.failed)
        return counts + _listed(run.failures) + _listed(run.survivors)


def main(arguments):
    # Errors stay visible to who started this until it is locked.
    sink.redirect_output()
    try:
        from telemetry_sandbox.linting import Linter
        from telemetry_sandbox.testing import inside_pytest
    except ModuleNotFoundError as error:
        server.refuse(server.MISSING, str(error))
        return

    def prepare(test):
        options = dict(argument.split("=", 1) for argument in arguments)
        preload.scripting()
        linter = Linter()
        lockdown = Lockdown(options)
        board = Board(int(options["answers"]))
        greeting = lockdown.lock_worker(seccomp.judging_child)
        worker = ValidationWorker(board, lockdown, linter.lint, test)
        return f"python {sys.version.split()[0]}, {greeting}", worker.answer

    inside_pytest(lambda test: server.start(lambda: prepare(test)))
