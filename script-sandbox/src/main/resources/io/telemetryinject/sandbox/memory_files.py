"""A few files in memory, for tests of a script's main(): the real ones are out of reach."""
import builtins
import io
import pathlib

_files = {}


class MemoryPath(pathlib.PurePosixPath):
    """What tests do with tmp_path: write a file, hand its name on, read it back."""

    __slots__ = ()

    def write_bytes(self, data):
        _files[str(self)] = bytes(data)
        return len(data)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        text = data if newline is None else data.replace("\n", newline)
        self.write_bytes(text.encode(encoding or "utf-8", errors or "strict"))
        return len(data)

    def read_bytes(self):
        return open_in_memory(self, "rb").read()

    def read_text(self, encoding=None, errors=None):
        return open_in_memory(self, "r", encoding=encoding, errors=errors).read()

    def exists(self):
        return str(self) in _files

    is_file = exists


def open_in_memory(
    file,
    mode="r",
    buffering=-1,
    encoding=None,
    errors=None,
    newline=None,
    closefd=True,
    opener=None,
):
    """Takes what open() takes, reads what tests wrote before, and writes nothing."""
    del buffering, closefd, opener
    data = _files.get(str(file))
    if data is None or set(mode) & set("wax+"):
        raise FileNotFoundError(2, "No such file or directory", str(file))
    raw = io.BytesIO(data)
    if "b" in mode:
        return raw
    return io.TextIOWrapper(raw, encoding=encoding or "utf-8", errors=errors, newline=newline)


def install():
    builtins.open = open_in_memory
    io.open = open_in_memory
