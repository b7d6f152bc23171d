"""Compares what our scanner says of Python files with what CPython itself says: ast, tokenize and compiled code.

Reads the scanner's facts from standard input, tab-separated, one line each:

    F path                      a file; what follows is about it
    R reason                    the scanner rejected it
    M importLine                offset for the telemetry import
    D name=value ...            one function, fields as in `expected` below

Prints one line per difference and a summary; exit code 1 when there are differences.

One deviation from ast is deliberate: where the last statement ends in a backslash continuation, `tail` and the function's
`end` follow the line of the NEWLINE token, since text inserted before it would become part of the statement.
"""
import ast
import bisect
import io
import re
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")
LINE_BREAK = re.compile(rb"\r\n|\r|\n")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
ESCAPES = {"t": "\t", "r": "\r", "n": "\n"}
ABSTRACT = {"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"}


class Source:
    """A file as CPython reads it, in UTF-8."""

    def __init__(self, data):
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode("utf-8-sig" if encoding.startswith("utf-8") else encoding)
        self.bytes = text.encode("utf-8")
        self.text = text
        self.tree = ast.parse(text)
        self.starts = [0] + [m.end() for m in LINE_BREAK.finditer(self.bytes)]
        self.codes = {}
        self.collect(compile(text, "source", "exec", dont_inherit=True))
        self.string_lines, self.strings = self.find_strings()

    def collect(self, code):
        for const in code.co_consts:
            if hasattr(const, "co_consts"):
                self.codes.setdefault((const.co_firstlineno, const.co_name), const)
                self.collect(const)

    def find_strings(self):
        """Lines that start inside a string token."""
        text = re.sub("\r(?!\n)", "\n", self.text)
        lines = set()
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            if token.type == tokenize.STRING and token.end[0] > token.start[0]:
                lines.update(range(token.start[0] + 1, token.end[0] + 1))
        return lines, sorted(lines)

    def offset(self, line, column):
        return self.starts[line - 1] + column

    def start(self, node):
        """Offset of a statement's first token, decorators included."""
        decorators = getattr(node, "decorator_list", [])
        if decorators:
            return self.at_sign(node)
        return self.offset(node.lineno, node.col_offset)

    def at_sign(self, node):
        """ast tells where a decorator's expression starts: that may be on a later line."""
        first = node.decorator_list[0]
        return self.bytes.rfind(b"@", 0, self.offset(first.lineno, first.col_offset))

    def end(self, node):
        return self.offset(node.end_lineno, node.end_col_offset)

    def first_code(self, offset):
        while self.bytes[offset:offset + 1] in (b" ", b"\t", b"\f"):
            offset += 1
        return offset

    def line(self, offset):
        """1-based."""
        return bisect.bisect_right(self.starts, offset)

    def line_start(self, offset):
        return self.starts[self.line(offset) - 1]

    def end_of_logical_line(self, offset):
        """Behind a statement's last token come only blanks, semicolon, backslashes and a comment."""
        while offset < len(self.bytes):
            char = self.bytes[offset:offset + 1]
            if char == b"\\":
                offset = LINE_BREAK.search(self.bytes, offset).end()
            elif char == b"#":
                found = LINE_BREAK.search(self.bytes, offset)
                return found.start() if found else len(self.bytes)
            elif char in b"\r\n":
                return offset
            else:
                offset += 1
        return offset


def own(nodes):
    """Nodes that run in the function itself: nested functions only with what their definition evaluates."""
    stack = list(nodes)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, FUNCTIONS):
            stack.extend(node.decorator_list + node.args.defaults + [d for d in node.args.kw_defaults if d])
        elif isinstance(node, ast.Lambda):
            stack.extend(node.args.defaults + [d for d in node.args.kw_defaults if d])
        else:
            stack.extend(ast.iter_child_nodes(node))


def breaks(statements):
    """Whether a `break` in these statements leaves the loop that holds them."""
    for node in statements:
        if isinstance(node, ast.Break):
            return True
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            continue
        loop = isinstance(node, (ast.For, ast.AsyncFor, ast.While))
        fields = ["orelse"] if loop else ["body", "orelse", "finalbody"]
        inner = [s for field in fields for s in getattr(node, field, [])]
        inner += [s for part in getattr(node, "handlers", []) + getattr(node, "cases", []) for s in part.body]
        if breaks(inner):
            return True
    return False


def falls_through(last):
    if isinstance(last, (ast.Return, ast.Raise)):
        return False
    endless = isinstance(last, ast.While) and isinstance(last.test, ast.Constant) and last.test.value
    return not endless or breaks(last.body)


def docstring(body):
    first = body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first
    return None


def is_stub(statements):
    return all(
        isinstance(s, ast.Pass)
        or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant) and s.value.value is ...)
        for s in statements)


def last_name(decorator):
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def rule(node, body):
    """The skip rules that need nothing but the function's own tree."""
    names = [(last_name(d), isinstance(d, ast.Call)) for d in node.decorator_list]
    if ("overload", False) in names:
        return "OVERLOAD"
    if any(name in ABSTRACT for name, _ in names):
        return "ABSTRACT"
    if is_stub(body):
        return "STUB"
    return "FINALIZER" if node.name == "__del__" else ""


def parameters(args):
    every = args.posonlyargs + args.args + ([args.vararg] if args.vararg else []) + args.kwonlyargs
    return every + ([args.kwarg] if args.kwarg else [])


def kind(node, code):
    if code is not None:
        generator = code.co_flags & 0x220
    else:
        generator = any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own(node.body))
    if isinstance(node, ast.AsyncFunctionDef):
        return "ASYNC_GENERATOR" if generator else "COROUTINE"
    return "GENERATOR" if generator else "PLAIN"


def expected(source, node, qualified_name, context, enclosing):
    """One function's facts, as the scanner must state them."""
    body = node.body
    doc = docstring(body)
    rest = body[1:] if doc else body
    last = source.end(body[-1])
    tail = source.end_of_logical_line(last)
    first = source.start(rest[0]) if rest else last
    first_line = source.line_start(first)
    own_line = bool(rest) and source.first_code(first_line) == first and not continued(source, first_line)
    line_from = source.line(first) + (0 if own_line else 1)
    starts = [
        source.starts[n - 1]
        for n in range(line_from, source.line(last) + 1)
        if n not in source.string_lines and not is_blank(source, source.starts[n - 1])]
    spanned = bisect.bisect_right(source.strings, source.line(last)) - bisect.bisect_right(
        source.strings, source.line(first))
    first_header_line = min([node.lineno] + [d.lineno for d in node.decorator_list])
    code = source.codes.get((first_header_line, node.name))
    returns = sorted(
        (source.start(n), source.end(n), n.value is None) for n in own(body) if isinstance(n, ast.Return))
    return {
        "start": source.line_start(source.start(node)),
        "end": tail,
        "line": node.lineno,
        "name": node.name,
        "qualname": code.co_qualname if code is not None and hasattr(code, "co_qualname") else qualified_name,
        "class": context or "",
        "enclosing": enclosing,
        "kind": kind(node, code),
        "parameters": ",".join(a.arg for a in parameters(node.args)),
        "body": source.start(body[0]),
        "docstring": f"{source.start(doc.value)}-{source.end(doc.value)}" if doc else "",
        "first": first,
        "ownline": str(own_line).lower(),
        "firstline": first_line,
        "last": last,
        "tail": tail,
        "falls": str(falls_through(body[-1])).lower(),
        "returns": ",".join(f"{k}-{e}{'b' if b else ''}" for k, e, b in returns),
        "lines": ",".join(map(str, starts)),
        "spans": str(spanned > 0).lower(),
        "rule": rule(node, rest),
    }


def continued(source, line_start):
    """Whether a backslash ends the line before (comments cannot: code follows them)."""
    before = LINE_BREAK.sub(b"\n", source.bytes[max(0, line_start - 3):line_start])
    if not before.endswith(b"\\\n"):
        return False
    line = source.bytes[source.line_start(line_start - 1):line_start]
    return not line.lstrip(b" \t\f").startswith(b"#")


def is_blank(source, line_start):
    char = source.bytes[source.first_code(line_start):][:1]
    return char in b"\r\n"


def globals_of(body):
    return {name for n in own(body) if isinstance(n, ast.Global) for name in n.names}


def functions(source):
    """(node, qualified name, class context, index of the enclosing function), in order of their start."""
    found = []

    def visit(nodes, prefix, context, enclosing, declared):
        for node in nodes:
            if isinstance(node, FUNCTIONS):
                name = node.name if node.name in declared else prefix + node.name
                found.append((node, name, context, enclosing))
                visit(node.body, name + ".<locals>.", None, len(found) - 1, globals_of(node.body))
            elif isinstance(node, ast.ClassDef):
                name = node.name if node.name in declared else prefix + node.name
                visit(node.body, name + ".", name, enclosing, globals_of(node.body))
            else:
                visit(ast.iter_child_nodes(node), prefix, context, enclosing, declared)

    visit(source.tree.body, "", None, -1, set())
    return found


def same_expression(written, node):
    if node is None:
        return written == ""
    text = re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), written)
    try:
        return ast.dump(ast.parse(f"(\n{text}\n)", mode="eval").body) == ast.dump(node)
    except SyntaxError:
        return text.startswith("*")


def compare(path, scanned, import_line):
    """Yields differences of one file."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        source = Source(data)
    except (SyntaxError, ValueError, RecursionError, LookupError, tokenize.TokenError):
        return None
    wanted = functions(source)
    differences = []
    if isinstance(scanned, str):
        return [f"{path}: rejected: {scanned}"], len(wanted), 0
    if len(wanted) != len(scanned):
        differences.append(f"{path}: {len(scanned)} functions, ast finds {len(wanted)}")
    returns = 0
    for (node, name, context, enclosing), fields in zip(wanted, scanned):
        facts = expected(source, node, name, context, enclosing)
        returns += facts["returns"].count("-")
        for key, value in facts.items():
            if str(value) != fields.get(key):
                differences.append(f"{path}:{node.lineno}: {name}: {key}: {fields.get(key)}, CPython: {value}")
        annotations = zip(fields["types"].split("\v"), parameters(node.args))
        for written, parameter in annotations:
            if not same_expression(written, parameter.annotation):
                differences.append(f"{path}:{node.lineno}: {name}: annotation of {parameter.arg}: {written}")
        if not same_expression(fields["returntype"], node.returns):
            differences.append(f"{path}:{node.lineno}: {name}: return annotation: {fields['returntype']}")
        decorators = fields["decorators"].split("\v") if fields["decorators"] else []
        if len(decorators) != len(node.decorator_list) or not all(
                map(same_expression, decorators, node.decorator_list)):
            differences.append(f"{path}:{node.lineno}: {name}: decorators: {decorators}")
    differences += check_import(path, source, import_line)
    return differences, len(wanted), returns


def check_import(path, source, offset):
    """The line of the first statement of the file's own, or the statement itself when it shares that line."""
    body = source.tree.body
    rest = body[1:] if body and docstring(body) else body
    while rest and isinstance(rest[0], ast.ImportFrom) and rest[0].module == "__future__":
        rest = rest[1:]
    if not rest:
        return []
    before = body[:len(body) - len(rest)]
    first = source.start(rest[0])
    shares = before and not LINE_BREAK.search(source.bytes[source.end(before[-1]):first])
    wanted = first if shares else source.line_start(first)
    return [] if wanted == offset else [f"{path}: import at {offset}, CPython: {wanted}"]


def main():
    sys.setrecursionlimit(10000)
    totals = {"files": 0, "functions": 0, "returns": 0, "differences": 0, "unparsable": 0}
    path, scanned, import_line = None, [], -1

    def finish():
        if path is None:
            return
        result = compare(path, scanned, import_line)
        if result is None:
            totals["unparsable"] += 1
            return
        totals["files"] += 1
        totals["functions"] += result[1]
        totals["returns"] += result[2]
        totals["differences"] += len(result[0])
        for difference in result[0]:
            print(difference[:500])

    for line in io.TextIOWrapper(sys.stdin.buffer, "utf-8", "surrogateescape", newline="\n"):
        key, *values = line.rstrip("\n").split("\t")
        if key == "F":
            finish()
            path, scanned, import_line = values[0], [], -1
        elif key == "R":
            scanned = values[0]
        elif key == "M":
            import_line = int(values[0])
        else:
            scanned.append(dict(value.split("=", 1) for value in values))
    finish()
    print(" ".join(f"{key}={value}" for key, value in totals.items()))
    return 1 if totals["differences"] else 0


if __name__ == "__main__":
    sys.exit(main())
