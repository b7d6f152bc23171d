"""Planted defects: each wraps what `insertions` returns, so it works for any script."""
import re

_ENTRY = re.compile(r"[^\n\r]*func_entry\([^\n\r]*(?:\r\n|\r|\n)?")
_LAST_EXIT = re.compile(r"(?:\r\n|\r|\n)[^\n\r]*func_exit\(_tel_func, None\)")
_BARE_EXIT = re.compile(r"func_exit\(_tel_func, None\); ")
_OPENER = re.compile(r"func_exit\(_tel_func, \($")
_REPORT = re.compile(r"(?:\r\n|\r|\n)[^\n\r]*func_error\([^\n\r]*")
_NAME = re.compile(r"(func_entry\(')([^']*)'")
_PARAMETERS = re.compile(r"(func_entry\('[^']*', ')([^']+)'")


def _without(pattern):
    def change(insertions):
        return [(o, t) for o, t in ((o, pattern.sub("", t, 1)) for o, t in insertions) if t]

    return change


def _replaced(pattern, replacement):
    return lambda insertions: [(o, pattern.sub(replacement, t, 1)) for o, t in insertions]


def _first_return_lost(insertions):
    opener = next((i for i, (_, t) in enumerate(insertions) if _OPENER.search(t)), None)
    if opener is None:
        return insertions
    closer = next((i for i in range(opener, len(insertions)) if insertions[i][1] == "))"), opener)
    return [pair for i, pair in enumerate(insertions) if i not in (opener, closer)]


def _entry_twice(insertions):
    return [pair for pair in insertions for _ in range(2 if "func_entry(" in pair[1] else 1)]


def _shifted(insertions):
    return [(o + (i == 0), t) for i, (o, t) in enumerate(insertions)]


MUTANTS = {
    "loses the entry": _without(_ENTRY),
    "loses the exit at the end": _without(_LAST_EXIT),
    "loses the exit before a bare return": _without(_BARE_EXIT),
    "loses the exit around a returned value": _first_return_lost,
    "loses the report of an exception": _without(_REPORT),
    "names another function": _replaced(_NAME, r"\1another'"),
    "forgets the parameters": _replaced(_PARAMETERS, r"\1'"),
    "enters twice": _entry_twice,
    "inserts one byte too late": _shifted,
    "loses its last insertion": lambda insertions: insertions[:-1],
}


class Mutant:
    """Changes a loaded script module; `bites` once a test saw a result that differs."""

    def __init__(self, name, change):
        self.name = name
        self.bites = False
        self._change = change

    def plant(self, module):
        original = module.insertions

        def insertions(source_code, context):
            result = original(source_code, context)
            changed = self._change([tuple(pair) for pair in result])
            self.bites = self.bites or changed != [tuple(pair) for pair in result]
            return changed

        module.insertions = insertions


class NoOp:
    """The script that inserts nothing: tests that like it test nothing."""

    name = "inserts nothing at all"
    bites = True

    @staticmethod
    def plant(module):
        module.insertions = lambda source_code, context: []
        module.insert_telemetry = lambda source_code: source_code


def all_mutants():
    return [NoOp()] + [Mutant(name, change) for name, change in MUTANTS.items()]
