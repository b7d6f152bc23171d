# SPDX-License-Identifier: Apache-2.0
"""Balances the events of a run: entries = exits + errors + open calls."""

import ast
from collections import Counter
from pathlib import Path


FUNCTION = b'"function":"'


class Balance:
    """What a file of events says, and what cannot be right about it."""

    def __init__(self, file, pausing, main_pid):
        self.counts = Counter()
        self.problems = []
        self.open = {}
        for line in lines(file):
            kind, token = part(line, b'"event":"'), part(line, b'"token":"')
            self.counts[kind.decode()] += 1
            if kind == b"entry":
                if token in self.open:
                    self.problems.append(f"a second entry of {part(line, FUNCTION).decode()}")
                self.open[token] = part(line, FUNCTION)
            elif kind in (b"exit", b"error") and self.open.pop(token, None) is None:
                self.problems.append(f"an end too many of {part(line, FUNCTION).decode()}")
        self.open_by_reason = Counter()
        for token, name in self.open.items():
            function, pid = name.decode(), int(token.partition(b"-")[0])
            if function.partition(":")[2] in pausing:
                self.open_by_reason["suspended"] += 1
            elif pid != main_pid:
                self.open_by_reason["ended with their process"] += 1
            else:
                self.open_by_reason["unexplained"] += 1
                self.problems.append(f"neither exit nor error: {function}")


def lines(file):
    if file.exists():
        with open(file, "rb") as stream:
            yield from stream


def part(line, key):
    """Cut a string out of an event; there are too many events to read all of each."""
    start = line.index(key) + len(key)
    return line[start : line.index(b'"', start)]


def pausing_functions(tree):
    """Qualified names of all functions that can be suspended for good: generators, coroutines."""
    names = set()
    for file in Path(tree).rglob("*.py"):
        _collect(ast.parse(file.read_bytes()), "", names)
    return names


def _collect(node, prefix, names):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if isinstance(child, ast.AsyncFunctionDef) or _yields(child):
                names.add(prefix + child.name)
            _collect(child, f"{prefix}{child.name}.<locals>.", names)
        elif isinstance(child, ast.ClassDef):
            _collect(child, f"{prefix}{child.name}.", names)
        else:
            _collect(child, prefix, names)


def _yields(function):
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            waiting.extend(ast.iter_child_nodes(node))
    return False
