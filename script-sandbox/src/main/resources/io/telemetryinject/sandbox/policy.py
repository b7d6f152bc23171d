"""What a script may import and call, read off its syntax tree: a lint, not a boundary."""
import ast

from telemetry_sandbox.preload import ALLOWED_IMPORTS

_ROOTS = {name.split(".")[0] for name in ALLOWED_IMPORTS}
_BANNED_CALLS = {
    "__import__", "breakpoint", "compile", "delattr", "eval", "exec", "exit", "globals", "input",
    "locals", "quit", "setattr", "vars",
}  # fmt: skip
_BANNED_NAMES = {"__builtins__", "__loader__", "__spec__"}
_BANNED_ATTRIBUTES = {
    "__base__", "__bases__", "__builtins__", "__closure__", "__code__", "__dict__",
    "__getattribute__", "__globals__", "__import__", "__loader__", "__mro__", "__reduce__",
    "__spec__", "__subclasses__",
    "_getframe", "_current_frames", "f_back", "f_builtins", "f_globals", "f_locals", "gi_frame",
    "tb_frame", "meta_path", "modules", "setprofile", "setrecursionlimit", "settrace",
    "chmod", "hardlink_to", "link_to", "mkdir", "rename", "rmdir", "symlink_to", "touch", "unlink",
    "write_bytes", "write_text",
}  # fmt: skip
_CONTRACT = {"insertions": 2, "insert_telemetry": 1, "main": 0}


def findings(text):
    """One line per finding, in the order of the source."""
    tree = ast.parse(text)
    judge = _Judge()
    judge.visit(tree)
    return judge.found + _contract(tree)


def _contract(tree):
    functions = {n.name: n.args for n in tree.body if isinstance(n, ast.FunctionDef)}
    return [
        f"the script lacks a function {name} with {count} parameters"
        for name, count in _CONTRACT.items()
        if name not in functions or not _takes(functions[name], count)
    ]


def _takes(arguments, count):
    positional = len(arguments.posonlyargs) + len(arguments.args)
    needed = positional - len(arguments.defaults)
    return needed <= count and (positional >= count or arguments.vararg is not None)


class _Judge(ast.NodeVisitor):
    def __init__(self):
        self.found = []
        self._functions = []

    def _find(self, node, text):
        self.found.append(f"line {node.lineno}: {text}")

    def _import(self, node, name):
        if name.split(".")[0] not in _ROOTS:
            self._find(node, f"import of {name} is not allowed")

    def visit_Import(self, node):
        for alias in node.names:
            self._import(node, alias.name)

    def visit_ImportFrom(self, node):
        if node.level:
            self._find(node, "a script stands alone: no relative import")
        else:
            self._import(node, node.module)
        for alias in node.names:
            if alias.name in _BANNED_ATTRIBUTES:
                self._find(node, f"use of {alias.name} is not allowed")

    def visit_FunctionDef(self, node):
        self._functions.append(node.name)
        self.generic_visit(node)
        self._functions.pop()

    def visit_Name(self, node):
        if node.id in _BANNED_NAMES:
            self._find(node, f"use of {node.id} is not allowed")

    def visit_Attribute(self, node):
        if node.attr in _BANNED_ATTRIBUTES:
            self._find(node, f"use of {node.attr} is not allowed")
        self.generic_visit(node)

    def visit_Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name in _BANNED_CALLS:
            self._find(node, f"a call of {name} is not allowed")
        elif name == "open" and not (self._functions[:1] == ["main"] and _only_reads(node)):
            self._find(node, "files are read in main() only, and never written")
        elif name in ("getattr", "hasattr") and _names_banned(node):
            self._find(node, f"{name} of {node.args[1].value} is not allowed")
        self.generic_visit(node)


def _only_reads(call):
    modes = call.args[1:2] + [k.value for k in call.keywords if k.arg == "mode"]
    return all(
        isinstance(m, ast.Constant) and isinstance(m.value, str) and set(m.value) <= set("rbtU")
        for m in modes
    )


def _names_banned(call):
    name = call.args[1] if len(call.args) > 1 else None
    return isinstance(name, ast.Constant) and name.value in _BANNED_ATTRIBUTES
