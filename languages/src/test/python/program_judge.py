"""Says whether instrumented Python files are their originals plus telemetry, by CPython's own parser.

usage: program_judge.py ORIGINALS INSTRUMENTED [--limit PROBLEMS] [--before-compiling]

Shares no code with the product. Every file must compile, and its syntax tree must equal the
original's once complete telemetry is taken out of it. Prints a JSON report; exits 1 on a problem.
"""

import argparse
import ast
import json
import sys
import warnings
from pathlib import Path

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = FUNCTIONS + (ast.ClassDef, ast.Lambda)
BODIES = ("body", "orelse", "finalbody")


class Problem(Exception):
    """What is wrong with a file, and where."""

    def __init__(self, node, text):
        super().__init__(f"line {getattr(node, 'lineno', '?')}: {text}")


def source_of(node):
    return ast.unparse(node)


def is_docstring(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def documented(body):
    return 1 if body and is_docstring(body[0]) else 0


def is_entry(node):
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "_tel_func"
    )


def is_tel_call(node, method):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "_tel"
    )


def is_plain_exit(node):
    return (
        isinstance(node, ast.Expr)
        and is_tel_call(node.value, "func_exit")
        and source_of(node) == "_tel.func_exit(_tel_func, None)"
    )


def own_nodes(function):
    """The function's nodes, without those of functions, lambdas and classes in it."""
    stack = list(function.body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def has_own_break(loop):
    stack = list(loop.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            stack.extend(node.orelse)
        elif not isinstance(node, SCOPES):
            stack.extend(ast.iter_child_nodes(node))
    return False


def falls_through(last):
    if isinstance(last, ast.While) and isinstance(last.test, ast.Constant) and last.test.value:
        return has_own_break(last)
    return not isinstance(last, (ast.Return, ast.Raise))


class Stripper:
    """Takes telemetry out of one module's tree, and counts it."""

    def __init__(self):
        self.functions = 0
        self.instrumented = 0
        self.captured = 0

    def module(self, tree):
        self._scope(tree, "")
        body = tree.body
        imports = [i for i, node in enumerate(body) if self._is_import(node)]
        if (self.instrumented > 0) != (len(imports) == 1):
            raise Problem(tree, f"{len(imports)} telemetry imports")
        for i in imports:
            node = body.pop(i)
            before = body[documented(body) : i]
            if i < documented(body) or not all(self._is_future(n) for n in before):
                raise Problem(node, "telemetry import out of its place")
            if i < len(body) and self._is_future(body[i]):
                raise Problem(node, "telemetry import before a __future__ import")
        for node in ast.walk(tree):
            name = getattr(node, "id", None) or getattr(node, "name", None)
            if isinstance(name, str) and (name == "_tel" or name.startswith("_tel_")):
                raise Problem(node, "telemetry is left over")
        return tree

    @staticmethod
    def _is_import(node):
        return (
            isinstance(node, ast.ImportFrom)
            and source_of(node) == "from _telemetry_utils import tel as _tel"
        )

    @staticmethod
    def _is_future(node):
        return isinstance(node, ast.ImportFrom) and node.module == "__future__"

    def _scope(self, node, prefix):
        """Strips all functions in a node; those nested in a function come after it."""
        declared_global = {
            name for n in ast.walk(node) if isinstance(n, ast.Global) for name in n.names
        } if isinstance(node, FUNCTIONS) else set()
        stack = list(ast.iter_child_nodes(node))
        while stack:
            child = stack.pop()
            if isinstance(child, FUNCTIONS):
                name = child.name if child.name in declared_global else prefix + child.name
                self._function(child, name)
                self._scope(child, name + ".<locals>.")
            elif isinstance(child, ast.ClassDef):
                name = child.name if child.name in declared_global else prefix + child.name
                self._scope(child, name + ".")
            elif isinstance(child, ast.Lambda):
                self._scope(child, prefix + "<lambda>.<locals>.")
            else:
                stack.extend(ast.iter_child_nodes(child))

    def _function(self, function, qualified_name):
        self.functions += 1
        body = function.body
        first = documented(body)
        if first >= len(body) or not is_entry(body[first]):
            return
        self.instrumented += 1
        entry = body.pop(first)
        arguments = function.args
        every = arguments.posonlyargs + arguments.args
        every += [arguments.vararg] if arguments.vararg else []
        every += arguments.kwonlyargs
        every += [arguments.kwarg] if arguments.kwarg else []
        names = ", ".join(a.arg for a in every)
        expected = f"_tel_func = _tel.func_entry({qualified_name!r}, {names!r})"
        if source_of(entry) != expected:
            raise Problem(entry, f"expected {expected}")
        if not body:
            raise Problem(entry, "nothing behind the entry")
        self._handler(function, body, first)
        if first == 0 and is_docstring(body[0]):
            raise Problem(entry, "entry before the docstring")
        self._exits(function)

    def _handler(self, function, body, first):
        tried = body[first]
        handlers = getattr(tried, "handlers", [])
        if not any(h.name == "_tel_exc" for h in handlers):
            return
        self.captured += 1
        if len(body) != first + 1 or len(handlers) != 1 or tried.orelse or tried.finalbody:
            raise Problem(tried, "the handler does not hold the whole body")
        expected = (
            "except BaseException as _tel_exc:\n"
            "    _tel.func_error(_tel_func, _tel_exc)\n"
            "    raise"
        )
        if source_of(handlers[0]).strip() != expected:
            raise Problem(tried, "another handler than telemetry's")
        body[first:] = tried.body

    def _exits(self, function):
        body = function.body
        if is_plain_exit(body[-1]):
            body.pop()
            if not body or not falls_through(body[-1]):
                raise Problem(function, "an exit that is never reached")
        elif falls_through(body[-1]):
            raise Problem(function, "the fall-through is not covered")
        for node in [function, *own_nodes(function)]:
            if node is not function and isinstance(node, SCOPES):
                continue
            for field in BODIES:
                statements = getattr(node, field, None)
                if isinstance(statements, list):
                    self._uncover(statements)

    @staticmethod
    def _uncover(statements):
        kept = []
        for node in statements:
            if isinstance(node, ast.Return):
                if node.value is None:
                    if not kept or not is_plain_exit(kept[-1]):
                        raise Problem(node, "a bare return is not covered")
                    kept.pop()
                elif is_tel_call(node.value, "func_exit") and len(node.value.args) == 2:
                    if source_of(node.value.args[0]) != "_tel_func" or node.value.keywords:
                        raise Problem(node, "another exit than telemetry's")
                    node.value = node.value.args[1]
                else:
                    raise Problem(node, "a return is not covered")
            kept.append(node)
        statements[:] = kept


def differences(expected, actual):
    """The first pair of nodes that differ, positions aside; None when the trees are equal."""
    stack = [(expected, actual, expected)]
    while stack:
        left, right, at = stack.pop()
        if type(left) is not type(right):
            return at
        if isinstance(left, ast.AST):
            stack.extend((getattr(left, f, None), getattr(right, f, None), left) for f in left._fields)
        elif isinstance(left, list):
            if len(left) != len(right):
                return at
            stack.extend((a, b, at) for a, b in zip(left, right))
        elif left != right and repr(left) != repr(right):
            return at
    return None


def judge(original, instrumented, counts, before_compiling=False):
    """Raises a Problem unless the instrumented bytes are the original's program plus telemetry."""
    try:
        expected = ast.parse(original)
        compile(expected, "<original>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        counts["unparsable"] += 1
        if original != instrumented and not before_compiling:
            raise Problem(None, "a file that does not compile was changed") from None
        return
    if original == instrumented:
        counts["untouched"] += 1
    try:
        compile(instrumented, "<instrumented>", "exec", dont_inherit=True)
        tree = ast.parse(instrumented)
    except (SyntaxError, ValueError) as error:
        raise Problem(None, f"does not compile: {error}") from error
    stripper = Stripper()
    stripper.module(tree)
    for field in ("functions", "instrumented", "captured"):
        counts[field] += getattr(stripper, field)
    different = differences(expected, tree)
    if different is not None:
        raise Problem(different, "the program differs")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("originals", type=Path)
    parser.add_argument("instrumented", type=Path)
    parser.add_argument("--limit", type=int, default=50, help="problems to list")
    parser.add_argument(
        "--before-compiling",
        action="store_true",
        help="nobody has compiled the results yet: do not mind changes to files that do not compile",
    )
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(10_000)
    counts = dict.fromkeys(
        ("files", "unparsable", "untouched", "functions", "instrumented", "captured"), 0
    )
    problems = []
    for path in sorted(options.originals.rglob("*.py")):
        if not path.is_file():
            continue
        counts["files"] += 1
        name = path.relative_to(options.originals)
        try:
            result = (options.instrumented / name).read_bytes()
            judge(path.read_bytes(), result, counts, options.before_compiling)
        except (Problem, OSError, RecursionError) as error:
            problems.append({"path": str(name), "problem": str(error)})
    json.dump({**counts, "problems": problems[: options.limit], "wrong": len(problems)}, sys.stdout)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
