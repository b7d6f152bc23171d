# SPDX-License-Identifier: Apache-2.0
"""Runs scripts on functions, a line each.

usage: answer_calls.py SCRIPTS CALLS

A line of CALLS is: script name, qualified name, parameters, exceptions, source code in base64, with
tabs between. The answer's line is: offset, colon, text in base64, for each insertion; or why not.
"""

import base64
import sys

from judge import Scripts


def main(directory, calls):
    scripts = Scripts(directory)
    with open(calls, encoding="utf-8") as file:
        for line in file:
            name, qualified, parameters, exceptions, code = line.rstrip("\n").split("\t")
            context = {
                "qualified_name": qualified,
                "parameters": parameters.split(",") if parameters else [],
                "exceptions": exceptions,
            }
            try:
                found = scripts[name].insertions(base64.b64decode(code).decode(), context)
            except Exception as problem:
                print("!", type(problem).__name__, str(problem).splitlines()[0])
            else:
                print(*(f"{at}:{base64.b64encode(text.encode()).decode()}" for at, text in found))


if __name__ == "__main__":
    main(*sys.argv[1:])
