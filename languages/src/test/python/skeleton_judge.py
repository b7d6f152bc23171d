"""Says whether skeletons parse, and have the syntax trees of their originals.

usage: skeleton_judge.py FILE

The file holds originals and skeletons in turn, each followed by a NUL. Names, constants and the
fields of formatted strings may differ, nothing else. Prints each that differs, then the counts.
"""

import ast
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")


def tree(text):
    indented = text[:1] in (" ", "\t", "\f")
    return ast.parse("if 1:\n" + text + "\n" if indented else text + "\n")


def outline(node):
    if isinstance(node, ast.JoinedStr):
        yield "formatted"
        return
    yield type(node).__name__ if not isinstance(node, ast.Constant) else type(node.value).__name__
    for child in ast.iter_child_nodes(node):
        yield from outline(child)
    yield "end"


def judge(original, skeleton):
    """None if the original does not parse."""
    try:
        before = tree(original)
    except SyntaxError:
        return None
    try:
        return list(outline(before)) == list(outline(tree(skeleton)))
    except SyntaxError as error:
        return str(error)


texts = Path(sys.argv[1]).read_bytes().decode().split("\0")[:-1]
counts = {"same": 0, "wrong": 0, "skipped": 0}
for first, second in zip(texts[::2], texts[1::2]):
    verdict = judge(first, second)
    if verdict is True:
        counts["same"] += 1
    elif verdict is None:
        counts["skipped"] += 1
    else:
        counts["wrong"] += 1
        print(verdict, first, second, sep="\n")
print(counts)
