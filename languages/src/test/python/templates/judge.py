# SPDX-License-Identifier: Apache-2.0
"""Judges scripts over every function of the given files and trees.

usage: judge.py SCRIPTS PATH... [--limit FILES]

SCRIPTS holds general.py and one script a shape, named by its traits. For each function the general
script and its shape's must answer what expected.py works out; the result must compile where the
function alone does, be the same program once the telemetry is taken out of its syntax tree, and
take no telemetry a second time.
"""

import ast
import importlib.util
import sys
import tokenize
import traceback
from collections import Counter
from pathlib import Path

import expected

BLOCK_LIMIT = "too many statically nested blocks"


class Scripts:
    """Scripts by name, loaded once."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.loaded = {}

    def __getitem__(self, name):
        if name not in self.loaded:
            path = self.directory / f"{name}.py"
            spec = importlib.util.spec_from_file_location("script_" + name, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            self.loaded[name] = module
        return self.loaded[name]


class Without(ast.NodeTransformer):
    """A syntax tree without its telemetry."""

    def visit_Call(self, node):
        self.generic_visit(node)
        return node.args[1] if calls(node, "func_exit") else node

    def generic_visit(self, node):
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                setattr(node, field, list(self.stripped(block)))
        return node

    @staticmethod
    def stripped(block):
        for node in block:
            if isinstance(node, ast.Assign) and calls(node.value, "func_entry"):
                continue
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is None:
                continue  # what visit_Call leaves of an exit without value
            if isinstance(node, ast.Try) and any(h.name == "_tel_exc" for h in node.handlers):
                yield from node.body
            else:
                yield node


def calls(node, name):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "_tel"
    )


def alone(code):
    """The function as a text that parses: a method's needs a block around it."""
    margin = code[: len(code) - len(code.lstrip(" \t\f"))]
    return ("if 1:\n" if margin.rpartition("\f")[2] else "\n") + code + "\n"


def apply(code, insertions):
    text, done, pieces = code.encode(), 0, []
    for offset, inserted in insertions:
        pieces += [text[done:offset], inserted.encode()]
        done = offset
    return b"".join([*pieces, text[done:]]).decode()


def same_program(code, instrumented):
    before = Without().visit(ast.parse(alone(code)))
    after = Without().visit(ast.parse(alone(instrumented)))
    return ast.dump(before) == ast.dump(after)


def compiles(code):
    try:
        compile(alone(code), "function", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as problem:
        return str(problem)
    return ""


def judge(case, scripts):
    """Yield what is wrong with one function; nothing when all is well."""
    for exceptions, want in case.insertions.items():
        shape = case.shape + (["no-capture"] if exceptions == "ignore" else [])
        context = {"qualified_name": case.name, "parameters": case.parameters, "exceptions": exceptions}
        for name in ("general", "-".join(case.shape), "-".join(shape)):
            try:
                got = scripts[name].insertions(case.code, dict(context))
            except Exception:
                yield f"{name}: {traceback.format_exc(limit=-1)}"
                continue
            if got != want:
                missing = [pair for pair in want if pair not in got]
                extra = [pair for pair in got if pair not in want]
                yield f"{name}: misses {missing}, adds {extra}"
        instrumented = apply(case.code, want)
        if not compiles(case.code):
            problem = compiles(instrumented)
            if BLOCK_LIMIT in problem:
                yield "no room"
            elif problem:
                yield f"does not compile: {problem}"
        try:
            if not same_program(case.code, instrumented):
                yield "another program"
            for name in ("general", "-".join(case.shape)):
                if scripts[name].insertions(instrumented, dict(context)):
                    yield f"{name}: not idempotent"
        except SyntaxError as problem:
            yield f"does not parse: {problem}"


def read(path):
    with tokenize.open(path) as file:
        file.reconfigure(newline="")
        return file.read()


def files(paths):
    for path in map(Path, paths):
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main(arguments):
    limit = None
    if "--limit" in arguments:
        at = arguments.index("--limit")
        limit = int(arguments[at + 1])
        del arguments[at : at + 2]
    scripts = Scripts(arguments[0])
    chosen = list(files(arguments[1:]))
    if limit and len(chosen) > limit:
        chosen = chosen[:: len(chosen) // limit + 1]
    counts, shapes = Counter(), Counter()
    for path in chosen:
        try:
            found = list(expected.cases(read(path)))
        except (SyntaxError, ValueError, tokenize.TokenError, RecursionError, OSError) as problem:
            counts["files that do not parse"] += 1
            if not isinstance(problem, (SyntaxError, OSError)):
                print(f"{path}: {problem!r}", file=sys.stderr)
            continue
        counts["files"] += 1
        for case in found:
            counts["functions"] += 1
            shapes["-".join(case.shape)] += 1
            problems = list(judge(case, scripts))
            counts["without room for a try"] += "no room" in problems
            problems = [problem for problem in problems if problem != "no room"]
            if problems:
                counts["wrong"] += 1
                print(f"{path}:{case.line}: {case.name}: {problems[0]}", file=sys.stderr)
    print(", ".join(f"{count} {name}" for name, count in counts.items()), f"{len(shapes)} shapes", sep=", ")
    return 1 if counts["wrong"] or not counts["functions"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
