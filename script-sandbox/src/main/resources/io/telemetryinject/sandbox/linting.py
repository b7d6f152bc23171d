"""Pylint, loaded and warmed up once, then run on a text in memory."""
import io
import sys

from telemetry_sandbox.preload import ALLOWED_IMPORTS

_MESSAGES = 12
# Linting this loads the checkers and pylint's picture of every module that scripts import.
_WARM_UP = '''"""A neutral script."""
from __future__ import annotations

{imports}


class Place(typing.NamedTuple):
    """Where."""

    offset: int
    text: str


def insertions(source_code: str, context: dict) -> list[tuple[int, str]]:
    """What to add."""
    tree = ast.parse(textwrap.dedent(source_code))
    names = [n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    places = [Place(len(name.encode("utf-8")), f"{{name!r}}") for name in sorted(names)]
    for token_info in tokenize.generate_tokens(io.StringIO(source_code).readline):
        if token_info.type == tokenize.NAME and token_info.string not in keyword.kwlist:
            places.append(Place(token_info.start[1], context["qualified_name"]))
    lines = re.compile(r"\\r\\n|\\r|\\n").split(source_code)
    offsets = list(itertools.accumulate(len(line) for line in lines))
    try:
        index = bisect.bisect_right(offsets, 3)
    except (ValueError, IndexError) as error:
        raise RuntimeError("no offset") from error
    return [(place.offset, place.text) for place in places[:index]]


def main() -> int:
    """Prints."""
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        source = file.read()
    sys.stdout.write(str(insertions(source, {{"qualified_name": pathlib.Path("a").name}})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
'''


class Linter:
    """Use one instance for one text only, in a child of its own."""

    def __init__(self):
        from pylint.lint import Run, pylinter
        from pylint.reporters import CollectingReporter

        # Statistics of earlier runs are not kept: there is nowhere to keep them.
        pylinter.save_results = lambda *_: None
        pylinter.load_results = lambda *_: None
        imports = (n for n in ALLOWED_IMPORTS if n != "__future__" and "." not in n)
        self._feed(_WARM_UP.format(imports="\n".join("import " + name for name in imports)))
        arguments = ["--rcfile=/dev/null", "--persistent=n", "--jobs=1", "--from-stdin"]
        # It compares files with each other, and there is only one.
        arguments.append("--disable=duplicate-code")
        run = Run(arguments + ["insertion_script.py"], reporter=CollectingReporter(), exit=False)
        self._linter = run.linter
        self._linter.reporter.messages.clear()

    @staticmethod
    def _feed(text):
        sys.stdin = io.TextIOWrapper(io.BytesIO(text.encode("utf-8")), encoding="utf-8")

    def lint(self, text):
        """Pylint's score, and its first messages."""
        self._feed(text)
        self._linter.open()
        self._linter.check(["insertion_script.py"])
        self._linter.generate_reports()
        found = self._linter.reporter.messages
        return self._linter.stats.global_note, [
            f"line {m.line}: {m.msg.splitlines()[0]} ({m.symbol})" for m in found[:_MESSAGES]
        ]
