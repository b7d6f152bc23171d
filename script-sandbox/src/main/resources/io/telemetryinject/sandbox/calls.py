"""The `run` request: scripts called on functions, a child for the whole batch.

Request: u8 entry, u32 deadline in ms, scripts, calls.
  scripts: u32 count; per script 32 bytes digest, u32 length (UNSENT: the worker knows it), text
  calls: u32 count; per call u32 script, u8 capture, u32 lengths of name, parameters, source;
    then these as UTF-8, parameters separated by NUL
Answers, in the order of the calls:
  u8 0, u32 n, u32 size, n x u32 offsets, n x u32 lengths in code points, the texts as UTF-8
  u8 1, u32 length, what went wrong as UTF-8
"""
import struct
import sys
import types

from telemetry_sandbox.faults import describe
from telemetry_sandbox.frames import U32, Reader, blob
from telemetry_sandbox.scripts import FILE_NAME

UNSENT = 0xFFFFFFFF
_LARGEST_ANSWER = 8 << 20
_HEAD = struct.Struct("<BI")
_CALL = struct.Struct("<IBIII")
_ENTRIES = ("insertions", "insert_telemetry")
_NOTHING = struct.pack("<BII", 0, 0, 0)
_PAIRS = {tuple, list}


class Unfit(Exception):
    """An answer of the wrong kind."""


class RunRequest:
    def __init__(self, payload):
        self._reader = Reader(payload)
        entry, self.deadline_ms = self._reader.unpack(_HEAD)
        self.entry = _ENTRIES[entry]
        self.digests = []
        self.sent = {}
        (count,) = self._reader.unpack(U32)
        for _ in range(count):
            digest = bytes(self._reader.raw(32))
            (size,) = self._reader.unpack(U32)
            self.digests.append(digest)
            if size != UNSENT:
                self.sent[digest] = self._reader.text(size)

    def calls(self):
        """Script index, source code and context of each call; to be taken once."""
        take = self._reader
        (count,) = take.unpack(U32)
        for _ in range(count):
            script, capture, name, parameters, source = take.unpack(_CALL)
            context = {
                "qualified_name": take.text(name),
                "parameters": take.text(parameters).split("\0") if parameters else [],
                "exceptions": "capture" if capture else "ignore",
            }
            yield script, take.text(source), context


def answer_all(request, codes, board):
    """Runs in the child: one answer per call, each on the board as soon as it is known."""
    functions = [None] * len(codes)
    for script, source, context in request.calls():
        try:
            function = functions[script]
            if function is None:
                function = functions[script] = _load(codes[script], request.entry)
            if request.entry == "insertions":
                record = _encode(function(source, context))
            else:
                record = _encode([(0, function(source))])
        except Unfit as error:
            record = _broken(str(error))
        except BaseException as error:  # pylint: disable=broad-exception-caught
            record = _broken(describe(error, FILE_NAME))
        board.add(record)


def _load(code, entry):
    if isinstance(code, str):
        raise Unfit(code)
    module = types.ModuleType("insertion_script")
    sys.modules["insertion_script"] = module
    exec(code, module.__dict__)  # pylint: disable=exec-used
    function = getattr(module, entry, None)
    if not callable(function):
        raise Unfit("the script has no function " + entry)
    return function


def _encode(result):
    if type(result) is not list:
        raise Unfit(f"the answer is {type(result).__name__}, not a list")
    if not result:
        return _NOTHING
    if not set(map(type, result)) <= _PAIRS or set(map(len, result)) != {2}:
        raise Unfit("an insertion is not a pair of offset and text")
    offsets, texts = zip(*result)
    if set(map(type, offsets)) != {int} or set(map(type, texts)) != {str}:
        raise Unfit("an insertion is not a pair of int and str")
    count = len(result)
    try:
        joined = "".join(texts).encode("utf-8")
        layout = f"<BII{count}I{count}I"
        lengths = map(len, texts)
        numbers = struct.pack(layout, 0, count, len(joined), *offsets, *lengths)
    except (struct.error, UnicodeEncodeError) as error:
        raise Unfit(f"an insertion cannot be: {error}") from error
    if len(numbers) + len(joined) > _LARGEST_ANSWER:
        raise Unfit(f"the answer is larger than {_LARGEST_ANSWER} bytes")
    return numbers + joined


def _broken(detail):
    return b"\1" + blob(detail.encode("utf-8", "replace"))
