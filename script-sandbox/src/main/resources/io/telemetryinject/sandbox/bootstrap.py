"""Reads the worker's modules from standard input and starts the one that argv[1] names.

Passed to the interpreter with -c, so that a worker needs no file of its own on disk.
The bundle is: u32 size, then per module u32 length + name, u32 length + source,
little-endian, in the order in which the modules depend on each other.
"""
import sys

# Without -I the current directory comes first; nothing may be imported from there.
sys.path[:] = [entry for entry in sys.path if entry]

import os
import types


def take(size):
    block = b""
    while len(block) < size:
        piece = os.read(0, size - len(block))
        if not piece:
            os._exit(0)
        block += piece
    return block


def load():
    bundle = take(int.from_bytes(take(4), "little"))
    package = types.ModuleType("telemetry_sandbox")
    package.__path__ = []
    sys.modules["telemetry_sandbox"] = package
    position = 0

    def text():
        nonlocal position
        size = int.from_bytes(bundle[position : position + 4], "little")
        position += 4 + size
        return bundle[position - size : position].decode("utf-8")

    while position < len(bundle):
        name, source = text(), text()
        module = types.ModuleType("telemetry_sandbox." + name)
        sys.modules[module.__name__] = module
        setattr(package, name, module)
        exec(compile(source, "<" + name + ".py>", "exec", dont_inherit=True), module.__dict__)
    return package


getattr(load(), sys.argv[1]).main(sys.argv[2:])
