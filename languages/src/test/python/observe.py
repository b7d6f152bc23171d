"""Runs Python files with a recording stand-in for the telemetry runtime, and prints what each did.

usage: observe.py FILE...

Each file defines probe(). One line per file: its result or exception, and every event it reported.
"""

import sys
import types
from pathlib import Path


class Recorder:
    """Telemetry's three calls; notes how far the program was at each of them."""

    def __init__(self, program):
        self.program = program
        self.events = []

    def _note(self, *event):
        self.events.append((*event, len(self.program.get("SEEN", ()))))

    def func_entry(self, name, parameters):
        self._note("entry", name, parameters)
        return name

    def func_exit(self, token, value):
        self._note("exit", token, type(value).__qualname__)
        return value

    def func_error(self, token, error):
        self._note("error", token, type(error).__qualname__)


def observe(text):
    program = {}
    recorder = Recorder(program)
    module = types.ModuleType("_telemetry_utils")
    module.tel = recorder
    sys.modules["_telemetry_utils"] = module
    try:
        exec(compile(text, "<observed>", "exec", dont_inherit=True), program)
        outcome = repr(program["probe"]())
    except Exception as error:
        outcome = type(error).__qualname__
    return outcome, recorder.events


if __name__ == "__main__":
    for file in sys.argv[1:]:
        print(*observe(Path(file).read_bytes()), sep="\t")
