# SPDX-License-Identifier: Apache-2.0
"""Runs generated tests against their script, and against scripts that are wrong in one way each.

usage: try_tests.py DIRECTORY

Every NAME.py in DIRECTORY is a script, test_NAME.py beside it its tests. They must pass on the
script and fail on everything else; the tests need no pytest, so that hundreds of pairs take seconds.
"""

import importlib.util
import sys
from pathlib import Path


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without(text):
    return lambda found: [pair for pair in found if text not in pair[1]]


def shifted(found):
    return [(offset + 1, text) if "func_e" in text else (offset, text) for offset, text in found]


def doubled(found):
    return [pair for pair in found for _ in range(2 if "func_exit" in pair[1] else 1)]


def without_first(text):
    def mutate(found):
        for at, pair in enumerate(found):
            if not pair[1].strip(" \t"):
                return found[:at] + found[at + 1 :]
        return without(text)(found)

    return mutate


def replaced(old, new):
    return lambda found: [(offset, text.replace(old, new)) for offset, text in found]


MUTANTS = {
    "no-op": lambda found: [],
    "drops the entry": without("func_entry"),
    "drops every exit": without("func_exit"),
    "drops the handler": lambda found: [(o, t.split("except")[0].rstrip() or "#") for o, t in found],
    "shifts offsets": shifted,
    "inserts twice": doubled,
    "moves a line too few": without_first("func_exit"),
    "wrong name": replaced("func_entry('", "func_entry('x"),
    "wrong parameters": replaced("')", ", x')"),
    "double quotes": replaced("'", '"'),
    "descending": lambda found: found[::-1],
    "not a list of pairs": lambda found: [text for _, text in found],
    "longer unit": replaced("_tel_func = ", "_tel_func  = "),
    "trailing blank": replaced("\n", " \n"),
}


def outcome(tests):
    """The name of the first test that fails, or None."""
    for name, test in vars(tests).items():
        if name.startswith("test_"):
            try:
                test()
            except Exception:
                return name
    return None


def main(directory):
    tried = killed = 0
    wrong = []
    for path in sorted(Path(directory).glob("test_*.py")):
        script_path = path.with_name(path.name[len("test_") :])
        script = load("insertion_script", script_path)
        sys.modules["insertion_script"] = script
        failed = outcome(load("tests", path))
        if failed:
            wrong.append(f"{path.name}: {failed} fails on its script")
        honest = script.insertions
        for name, mutate in MUTANTS.items():
            script.insertions = lambda *given, mutate=mutate: mutate(honest(*given))
            tests = load("tests", path)
            sample = tests.SAMPLES[0]
            context = {**sample, "exceptions": "ignore" if "no-capture" in path.name else "capture"}
            if script.insertions(sample["source"], context) == honest(sample["source"], context):
                continue  # the mutation finds nothing to change in this shape
            tried += 1
            if outcome(tests):
                killed += 1
            else:
                wrong.append(f"{path.name}: a script that is wrong passes: {name}")
    print("\n".join(wrong[:50]), file=sys.stderr)
    print(f"{len(wrong)} wrong, {killed} of {tried} mutants found out")
    return 1 if wrong or not tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
