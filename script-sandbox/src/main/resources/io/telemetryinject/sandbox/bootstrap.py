"""Takes the worker's modules from standard input and starts the one that argv[1] names.

Passed to the interpreter with -c, so that a worker needs no file of its own on disk.
The bundle is: u32 size, then per module u32 length + name, u32 length + source, little-endian.
"""
import sys

# Without -I the current directory comes first; nothing may be imported from there.
sys.path[:] = [entry for entry in sys.path if entry]

import importlib
import os
from importlib.machinery import ModuleSpec

PACKAGE = "telemetry_sandbox"


def take(size):
    block = b""
    while len(block) < size:
        piece = os.read(0, size - len(block))
        if not piece:
            os._exit(0)
        block += piece
    return block


class Bundle:
    """Finds and loads the modules that came in."""

    def __init__(self, data):
        self._sources = {PACKAGE: ""}
        position = 0
        while position < len(data):
            fields = []
            for _ in range(2):
                end = position + 4 + int.from_bytes(data[position : position + 4], "little")
                fields.append(data[position + 4 : end].decode("utf-8"))
                position = end
            self._sources[PACKAGE + "." + fields[0]] = fields[1]

    def find_spec(self, name, path=None, target=None):
        del path, target
        return ModuleSpec(name, self, is_package=name == PACKAGE) if name in self._sources else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__name__
        code = compile(self._sources[name], f"<{name}>", "exec", dont_inherit=True)
        exec(code, module.__dict__)


sys.meta_path.insert(0, Bundle(take(int.from_bytes(take(4), "little"))))
importlib.import_module(PACKAGE + "." + sys.argv[1]).main(sys.argv[2:])
