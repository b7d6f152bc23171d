"""Seccomp filters as BPF programs: an allow-list, and an error for everything else."""
import ctypes
import struct

from telemetry_sandbox import syscalls

ALLOW = 0x7FFF0000
KILL = 0x80000000
_ERRNO = 0x00050000
EPERM = _ERRNO | 1
ENOENT = _ERRNO | 2
ENOSYS = _ERRNO | 38
PRETEND = _ERRNO  # returns 0 without doing anything

# Offsets into struct seccomp_data.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_X32_CALLS = 0x40000000

_PROT_EXEC = 4
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP = 1, 22
# glibc's fork() clears and sets the child's thread id; musl's asks for nothing but SIGCHLD.
_FORK_FLAGS = (0x01200011, 17)


def _statement(code, value):
    return struct.pack("<HBBI", code, 0, 0, value)


def _jump(code, value, if_true, if_false):
    return struct.pack("<HBBI", code, if_true, if_false, value)


def _argument(index):
    # The low word is all that counts: both architectures are little-endian, and the kernel
    # takes these arguments as 32 bits.
    return _statement(_LOAD, _ARGUMENTS + 8 * index)


def _one_of(index, values):
    tests = [_jump(_EQUAL, v, 0, 1) + _statement(_RETURN, ALLOW) for v in values]
    return _argument(index) + b"".join(tests) + _statement(_RETURN, EPERM)


_NOT_EXECUTABLE = (
    _argument(2)
    + _jump(_ANY_BIT, _PROT_EXEC, 0, 1)
    + _statement(_RETURN, EPERM)
    + _statement(_RETURN, ALLOW)
)


def _program(machine, rules):
    """BPF code; rules: (names, verdict), where a verdict is an action or code that returns one."""
    code = [
        _statement(_LOAD, _ARCHITECTURE),
        _jump(_EQUAL, machine.audit, 1, 0),
        _statement(_RETURN, KILL),
        _statement(_LOAD, _NUMBER),
        _jump(_AT_LEAST, _X32_CALLS, 0, 1),
        _statement(_RETURN, KILL),
    ]
    for names, verdict in rules:
        body = verdict if isinstance(verdict, bytes) else _statement(_RETURN, verdict)
        for name in names:
            if name in machine.numbers:
                code.append(_jump(_EQUAL, machine.numbers[name], 0, len(body) // 8))
                code.append(body)
    code.append(_statement(_RETURN, EPERM))
    return b"".join(code)


_GUARDED = [(["mmap", "mprotect"], _NOT_EXECUTABLE), (["clone3"], ENOSYS)]


def worker(machine):
    """The warm worker: frames on its pipes, forks of itself, no files."""
    return _program(
        machine,
        _GUARDED
        + [
            (["clone"], _one_of(0, _FORK_FLAGS)),
            (["prctl"], _one_of(0, (_PR_SET_PDEATHSIG, _PR_SET_SECCOMP))),
            (syscalls.COMPUTING + syscalls.SERVING, ALLOW),
            (syscalls.FATAL, KILL),
        ],
    )


def script_child(machine):
    """A child that runs scripts: it computes, and that is all."""
    return _program(machine, _GUARDED + [(syscalls.COMPUTING, ALLOW), (syscalls.FATAL, KILL)])


def judging_child(machine):
    """A child that runs pytest or pylint: they look around, and find nothing."""
    return _program(
        machine,
        _GUARDED
        + [
            (syscalls.COMPUTING + ["getcwd", "uname"], ALLOW),
            (syscalls.LOOKING, ENOENT),
            (["chdir"], PRETEND),
            (syscalls.FATAL, KILL),
        ],
    )


class Filter:
    """A program laid out for prctl; keeps its memory alive."""

    def __init__(self, code):
        self._code = ctypes.create_string_buffer(code, len(code))
        self._header = ctypes.create_string_buffer(
            struct.pack("@HP", len(code) // 8, ctypes.addressof(self._code))
        )
        self.address = ctypes.addressof(self._header)
