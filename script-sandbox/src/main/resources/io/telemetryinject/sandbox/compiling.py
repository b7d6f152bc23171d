"""The `compile` request: u32 deadline in ms, u32 count, per file u32 length, bytes.

Answers: per file u32 length, the compiler's message as UTF-8, empty when it compiles.
"""
from telemetry_sandbox.faults import describe
from telemetry_sandbox.frames import U32, Reader, blob


class CompileRequest:
    def __init__(self, payload):
        self._reader = Reader(payload)
        (self.deadline_ms,) = self._reader.unpack(U32)

    def files(self):
        (count,) = self._reader.unpack(U32)
        for _ in range(count):
            yield self._reader.blob()


def compile_all(request, board):
    """Runs in the child: compiles each file, which executes nothing of it."""
    for source in request.files():
        try:
            compile(bytes(source), "<file>", "exec", dont_inherit=True)
            message = ""
        except Exception as error:  # pylint: disable=broad-exception-caught
            message = describe(error)
        board.add(blob(message.encode("utf-8")))
