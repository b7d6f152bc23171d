"""Memory that a child writes its answers to and its parent reads once the child is dead.

Shared memory instead of a pipe: the child needs no system call to answer, each answer
survives whatever happens to the child afterwards, and the size is the output limit.
"""
import mmap
import struct

_HEADER = struct.Struct("<II")


class BoardFull(Exception):
    """The answer does not fit behind the ones already given."""


class Board:
    def __init__(self, size):
        self._size = size
        self._memory = mmap.mmap(-1, size)
        self.clear()

    def clear(self):
        """Forgets everything: what one batch wrote is not for the next one to read."""
        _, end = _HEADER.unpack_from(self._memory, 0)
        remove = getattr(mmap, "MADV_REMOVE", None)
        if remove is not None and end > _HEADER.size:
            self._memory.madvise(remove)
        _HEADER.pack_into(self._memory, 0, 0, _HEADER.size)
        self._count = 0
        self._end = _HEADER.size

    def add(self, record):
        end = self._end + len(record)
        if end > self._size:
            raise BoardFull
        self._memory[self._end : end] = record
        self._end = end
        self._count += 1
        # Last, so that a child killed at any moment leaves only whole answers behind.
        _HEADER.pack_into(self._memory, 0, self._count, end)

    def read(self):
        """How many answers the child claims, and their bytes; both untrusted."""
        count, end = _HEADER.unpack_from(self._memory, 0)
        return count, self._memory[_HEADER.size : max(_HEADER.size, min(end, self._size))]
