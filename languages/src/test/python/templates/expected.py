# SPDX-License-Identifier: Apache-2.0
"""What the telemetry forms ask for, worked out from ast and the tokens of a whole file.

Slow and plain on purpose, and unlike the scripts: they read one function's text and its syntax
tree, this reads the file's tokens.
"""

import ast
import io
import tokenize
from collections import namedtuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
EXIT = "_tel.func_exit(_tel_func, None)"

Case = namedtuple("Case", "name code parameters insertions shape line")


class Source:
    """A file: its lines in UTF-8, its tokens, its syntax tree."""

    def __init__(self, text):
        self.tree = ast.parse(text)
        self.lines = text.encode().splitlines(keepends=True) + [b""]
        self.text = text.encode()
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        plain = "".join(line.decode().rstrip("\r\n") + "\n" for line in self.lines)
        self.tokens = []
        self.at = {}
        self.inside_string = set()
        depth, open_strings = 0, []
        for token in tokenize.generate_tokens(io.StringIO(plain, newline="\n").readline):
            name = tokenize.tok_name[token.type]
            if name.endswith("STRING_START"):
                open_strings.append(token.start[0])
            elif name.endswith("STRING_END"):
                self.inside_string.update(range(open_strings.pop() + 1, token.end[0] + 1))
            elif name == "STRING":
                self.inside_string.update(range(token.start[0] + 1, token.end[0] + 1))
            if token.type in LAYOUT:
                continue
            if token.string in ("(", "[", "{"):
                depth += 1
            elif token.string in (")", "]", "}"):
                depth -= 1
            row, column = token.start
            byte = len(self.lines[row - 1].decode()[:column].encode()) if row <= len(self.lines) else 0
            self.at.setdefault((row, byte), len(self.tokens))
            self.tokens.append((token, depth))

    def index(self, node):
        return self.at[(node.lineno, node.col_offset)]

    def offset(self, position):
        row, column = position
        return self.starts[row - 1] + len(self.lines[row - 1].decode()[:column].encode())

    def logical_line_start(self, index):
        """The row on which the statement that holds a token starts."""
        while index and self.tokens[index - 1][0].type != tokenize.NEWLINE:
            index -= 1
        return self.tokens[index][0].start[0]

    def margin(self, row):
        line = self.lines[row - 1].decode()
        return line[: len(line) - len(line.lstrip(" \t\f"))]

    def end_of_line(self, node):
        """The token that ends the line which ends a statement."""
        row, byte = node.end_lineno, node.end_col_offset
        end = (row, len(self.lines[row - 1][:byte].decode()))
        index = self.index(node)
        while True:
            token, _ = self.tokens[index]
            if token.start >= end and token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
                return index
            index += 1

    def statement_end(self, index):
        """Behind the last token of the simple statement that starts at index."""
        _, depth = self.tokens[index]
        while True:
            token, level = self.tokens[index + 1]
            if token.type in (tokenize.NEWLINE, tokenize.ENDMARKER):
                return self.tokens[index][0].end
            if token.string == ";" and level == depth:
                return self.tokens[index][0].end
            index += 1


def statements(body):
    for node in body:
        yield node
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            continue
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                yield from statements([child])
            elif hasattr(child, "body") and isinstance(child.body, list):
                yield from statements(child.body)


def has_own_break(node):
    if isinstance(node, ast.Break):
        return True
    if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
        return False
    if isinstance(node, LOOPS):
        return any(has_own_break(child) for child in node.orelse)
    return any(has_own_break(child) for child in ast.iter_child_nodes(node))


def falls_through(last):
    if isinstance(last, (ast.Return, ast.Raise)):
        return False
    if isinstance(last, ast.While) and isinstance(last.test, ast.Constant) and last.test.value:
        return any(has_own_break(child) for child in last.body)
    return True


def cases(text):
    """Each function of a file that has a statement behind its docstring."""
    source = Source(text)
    waiting = [(node, "") for node in reversed(source.tree.body)]
    while waiting:
        node, scope = waiting.pop()
        inner = scope
        if isinstance(node, FUNCTIONS):
            case = case_of(source, node, scope + node.name)
            if case:
                yield case
            inner = f"{scope}{node.name}.<locals>."
        elif isinstance(node, ast.ClassDef):
            inner = f"{scope}{node.name}."
        waiting.extend((child, inner) for child in reversed(list(ast.iter_child_nodes(node))))


def case_of(source, node, name):
    doc = (
        isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
        and isinstance(node.body[0].value.value, str)
    )
    body = node.body[1:] if doc else node.body
    if not body:
        return None
    start = source.logical_line_start(source.index(node))
    for decorator in node.decorator_list[:1]:
        start = source.logical_line_start(source.index(decorator))
    first_index = source.index(body[0])
    for decorator in getattr(body[0], "decorator_list", [])[:1]:
        first_index = source.index(decorator)
        while source.tokens[first_index][0].string != "@":
            first_index -= 1
    first = source.tokens[first_index][0].start
    own_line = not source.lines[first[0] - 1].decode()[: first[1]].strip(" \t\f")
    before = source.tokens[first_index - 1][0]
    continued = own_line and before.type != tokenize.NEWLINE
    own_line = own_line and not continued
    doc_line = source.lines[node.body[0].lineno - 1][: node.body[0].col_offset]
    if own_line or (doc and not doc_line.strip(b" \t\f")):
        indent = source.margin(node.body[0].lineno if doc else first[0])
        unit = "\t" if "\t" in indent else "    "
    else:
        margin = source.margin(node.lineno)
        unit = "\t" if "\t" in margin else "    "
        indent = margin + unit

    last = node.body[-1]
    tail_row = source.tokens[source.end_of_line(last)][0].start[0]
    tail = source.starts[tail_row - 1] + len(source.lines[tail_row - 1].rstrip(b"\r\n"))
    base = source.starts[start - 1]
    code = source.text[base:tail]

    newline = next((nl for nl in line_breaks(code)), "\n")
    given = node.args
    parameters = [a.arg for a in given.posonlyargs + given.args]
    parameters += [given.vararg.arg] if given.vararg else []
    parameters += [a.arg for a in given.kwonlyargs]
    parameters += [given.kwarg.arg] if given.kwarg else []
    entry = f"{indent}_tel_func = _tel.func_entry('{name}', '{', '.join(parameters)}')"

    returns = [n for n in statements(node.body) if isinstance(n, ast.Return)]
    falls = falls_through(last)
    first_moved = first[0] if own_line else first[0] + 1
    spans = any(row in source.inside_string for row in range(first[0] + 1, last.end_lineno + 1))
    answers = {}
    for exceptions in ("capture", "ignore"):
        step = unit if exceptions == "capture" else ""
        opening = f"{entry}{newline}" + (f"{indent}try:{newline}" if step else "")
        if own_line:
            found = [(source.starts[first[0] - 1], 0, opening)]
        else:
            found = [(source.offset(first), 0, newline + opening + indent + step)]
            if doc and doc_line.strip(b" \t\f"):
                docstring = source.offset((node.body[0].lineno, 0)) + node.body[0].col_offset
                found.append((docstring, 0, newline + indent))
        if step:
            for row in range(first_moved, last.end_lineno + 1):
                if row not in source.inside_string and source.lines[row - 1].strip():
                    found.append((source.starts[row - 1], 1, step))
        for statement in returns:
            keyword = source.offset((statement.lineno, 0)) + statement.col_offset
            if statement.value is None:
                found.append((keyword, 2, EXIT + "; "))
                continue
            behind = keyword + 6
            whole = source.lines[statement.lineno - 1][statement.col_offset + 6 :]
            gap = len(whole) - len(whole.lstrip(b" \t\f"))
            found.append((behind + gap, 3, ("" if gap else " ") + "_tel.func_exit(_tel_func, ("))
            found.append((source.offset(source.statement_end(source.index(statement))), 4, "))"))
        text = f"{newline}{indent}{step}{EXIT}" if falls else ""
        if step:
            text += f"{newline}{indent}except BaseException as _tel_exc:"
            text += f"{newline}{indent}{unit}_tel.func_error(_tel_func, _tel_exc)"
            text += f"{newline}{indent}{unit}raise"
        if text:
            found.append((tail, 5, text))
        answers[exceptions] = [(offset - base, text) for offset, _, text in sorted(found)]

    valued = any(r.value for r in returns)
    bare = any(not r.value for r in returns)
    kind = {(0, 0): "none", (0, 1): "bare", (1, 0): "value", (1, 1): "mixed"}[(int(valued), int(bare))]
    shape = ["docstring"] if doc else []
    shape += [] if own_line else ["one-line"]
    shape += ["tabs"] if unit == "\t" else []
    shape += [f"returns-{kind}"]
    shape += ["falls-through"] if falls else []
    shape += ["strings"] if spans else []
    return Case(name, code.decode(), parameters, answers, shape, node.lineno)


def line_breaks(code):
    for line in code.splitlines(keepends=True):
        if line.endswith((b"\n", b"\r")):
            yield line[len(line.rstrip(b"\r\n")) :].decode()
