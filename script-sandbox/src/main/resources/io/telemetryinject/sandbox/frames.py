"""Length-prefixed frames: u32 length, little-endian, then the payload."""
import os
import struct

LARGEST = 64 << 20


def read_exactly(descriptor, size):
    block = bytearray(size)
    view = memoryview(block)
    filled = 0
    while filled < size:
        count = os.readv(descriptor, [view[filled:]])
        if not count:
            raise EOFError
        filled += count
    return block


def read_frame(descriptor):
    """The next payload; EOFError when the other side is gone."""
    (size,) = struct.unpack("<I", read_exactly(descriptor, 4))
    if size > LARGEST:
        raise EOFError
    return read_exactly(descriptor, size)


def write_frame(descriptor, payload):
    view = memoryview(struct.pack("<I", len(payload)) + payload)
    while view:
        view = view[os.write(descriptor, view) :]


class Reader:
    """Takes fields off a payload that the trusted side wrote."""

    def __init__(self, payload):
        self._view = memoryview(payload)
        self._position = 0

    def unpack(self, layout):
        """Fields of a struct.Struct, in its order."""
        values = layout.unpack_from(self._view, self._position)
        self._position += layout.size
        return values

    def raw(self, size):
        start = self._position
        self._position = start + size
        return self._view[start : start + size]

    def text(self, size):
        return str(self.raw(size), "utf-8")

    def blob(self):
        """A u32 length and as many bytes."""
        (size,) = self.unpack(U32)
        return self.raw(size)


U32 = struct.Struct("<I")


def blob(data):
    return U32.pack(len(data)) + data
