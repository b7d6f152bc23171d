"""Insertion script for functions without docstring, return and multi-line string."""
import ast
import sys
import textwrap

ENTRY = "_tel_func = _tel.func_entry("


def insertions(source_code: str, context: dict) -> list:
    """Return what to insert: UTF-8 byte offsets and texts, ascending."""
    function = ast.parse(textwrap.dedent(source_code)).body[0]
    lines = source_code.encode("utf-8").split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    first = function.body[0].lineno - 1
    if lines[first].strip().startswith(ENTRY.encode()):
        return []
    indent = lines[first][: -len(lines[first].lstrip())].decode()
    unit = "    " if context["exceptions"] == "capture" else ""
    parameters = ", ".join(context["parameters"])
    head = f"{indent}{ENTRY}'{context['qualified_name']}', '{parameters}')\n"
    tail = f"\n{indent}{unit}_tel.func_exit(_tel_func, None)"
    if unit:
        head += f"{indent}try:\n"
        tail += f"\n{indent}except BaseException as _tel_exc:"
        tail += f"\n{indent}    _tel.func_error(_tel_func, _tel_exc)\n{indent}    raise"
    found = [(starts[first], head)]
    if unit:
        found += [(starts[i], unit) for i in range(first, len(lines)) if lines[i].strip()]
    return found + [(len(source_code.encode("utf-8")), tail)]


def insert_telemetry(source_code: str) -> str:
    """Return the function with telemetry."""
    function = ast.parse(textwrap.dedent(source_code)).body[0]
    context = {
        "qualified_name": function.name,
        "parameters": [argument.arg for argument in function.args.args],
        "exceptions": "capture",
    }
    text, done, pieces = source_code.encode("utf-8"), 0, []
    for offset, inserted in insertions(source_code, context):
        pieces += [text[done:offset], inserted.encode("utf-8")]
        done = offset
    return b"".join(pieces + [text[done:]]).decode("utf-8")


def main() -> int:
    """Print the function in a file with telemetry."""
    try:
        with open(sys.argv[1], encoding="utf-8", newline="") as file:
            print(insert_telemetry(file.read()), end="")
    except (IndexError, OSError, SyntaxError) as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
