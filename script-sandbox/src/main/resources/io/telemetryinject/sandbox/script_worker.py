"""The worker that runs insertion scripts and compiles files."""
import sys

from telemetry_sandbox import calls, compiling, offspring, preload, seccomp, server
from telemetry_sandbox.board import Board
from telemetry_sandbox.lockdown import Lockdown
from telemetry_sandbox.scripts import CompiledScripts

_RUN, _COMPILE = 1, 2
_UNKNOWN_SCRIPTS = 5


class ScriptWorker:
    def __init__(self, board, lockdown):
        self._board = board
        self._lockdown = lockdown
        self._scripts = CompiledScripts(board, lockdown)

    def answer(self, request):
        operation, payload = request[0], memoryview(request)[1:]
        if operation == _RUN:
            return self._run(calls.RunRequest(payload))
        if operation == _COMPILE:
            return self._compile(compiling.CompileRequest(payload))
        raise EOFError

    def _run(self, request):
        self._scripts.add({d: t for d, t in request.sent.items() if self._scripts.get(d) is None})
        codes = [self._scripts.get(digest) for digest in request.digests]
        if None in codes:
            return server.reply(_UNKNOWN_SCRIPTS)
        return self._offspring(
            lambda: calls.answer_all(request, codes, self._board), request.deadline_ms
        )

    def _compile(self, request):
        return self._offspring(
            lambda: compiling.compile_all(request, self._board), request.deadline_ms
        )

    def _offspring(self, work, deadline_ms):
        self._board.clear()
        ending = offspring.run(work, self._lockdown, deadline_ms)
        return server.reply(*ending, *self._board.read())


def main(arguments):
    def prepare():
        options = dict(argument.split("=", 1) for argument in arguments)
        preload.scripting(options["modules"])
        preload.encodings()
        lockdown = Lockdown(options)
        board = Board(int(options["answers"]))
        greeting = lockdown.lock_worker(seccomp.script_child)
        worker = ScriptWorker(board, lockdown)
        return f"python {sys.version.split()[0]}, {greeting}", worker.answer

    server.start(prepare)
