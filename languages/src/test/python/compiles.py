"""Says of each file named whether it compiles: `ok` or the error, one line each; first this Python's version."""

import sys
import warnings

warnings.simplefilter("ignore")
print(sys.version_info[1])
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        source = file.read()
    try:
        compile(source, path, "exec", dont_inherit=True)
        print("ok")
    except SyntaxError as error:
        print(type(error).__name__, error.msg)
