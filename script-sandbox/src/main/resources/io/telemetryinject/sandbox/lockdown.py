"""Locks a worker and its children up, without privileges; refuses when it cannot.

The order matters: a change of user clears the parent-death signal, and seccomp comes last
because it takes away what the steps before it need.
"""
import ctypes
import os
import resource
import struct
import sys

from telemetry_sandbox import landlock, seccomp, syscalls

_NOBODY = 65534
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_SECCOMP_FILTER = 2
_SIGKILL = 9
_OPEN_FILES = 64


class Refused(Exception):
    """The sandbox cannot be set up here; the text says what failed."""


class Lockdown:
    """What a worker does to itself once, and to each of its children."""

    def __init__(self, options):
        self.strict = options["lockdown"] == "strict"
        self._landlock = options["landlock"] == "on"
        self._memory = int(options["memory"])
        self._limits = options["limits"] == "on"
        self._linux = sys.platform.startswith("linux")
        self._libc = ctypes.CDLL(None, use_errno=True) if self._linux else None
        self._machine = self._find_machine(options["machine"]) if self.strict else None
        self._child_filter = None

    def _find_machine(self, name):
        name = name or os.uname().machine
        if not self._linux or sys.maxsize < 2**32 or name not in syscalls.MACHINES:
            raise Refused(f"no system call table for {name} on {sys.platform}")
        return syscalls.MACHINES[name]

    def _prctl(self, option, *arguments):
        padded = [ctypes.c_ulong(a) for a in arguments + (0,) * (4 - len(arguments))]
        if self._libc.prctl(ctypes.c_int(option), *padded):
            code = ctypes.get_errno()
            raise OSError(code, f"{os.strerror(code)} (prctl {option})")

    def lock_worker(self, child_program):
        """Locks this process; child_program builds the filter that its children get on top."""
        if not self.strict:
            self._limit_worker()
            self._die_with_parent()
            return "no lockdown"
        try:
            self._drop_privileges()
            self._prctl(_PR_SET_NO_NEW_PRIVS, 1)
            self._limit_worker()
            self._prctl(_PR_SET_DUMPABLE, 0)
            self._die_with_parent()
            abi = landlock.restrict(self._libc) if self._landlock else 0
            self._child_filter = seccomp.Filter(child_program(self._machine))
            worker_filter = seccomp.Filter(seccomp.worker(self._machine))
            self._prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, worker_filter.address)
        except (OSError, ValueError) as error:
            raise Refused(f"lockdown failed: {error}") from error
        self._prove()
        return f"uid {os.getuid()}, landlock {abi}"

    def lock_child(self, parent, seconds):
        """Locks a fresh child, which keeps descriptor 0: its end tells the parent."""
        os.setsid()
        self._die_with_parent()
        if os.getppid() != parent:
            os._exit(0)
        os.closerange(1, _OPEN_FILES)
        self._limit(resource.RLIMIT_CPU, seconds)
        self._limit(resource.RLIMIT_NOFILE, 0 if self.strict else _OPEN_FILES)
        if self.strict:
            self._prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, self._child_filter.address)

    def _drop_privileges(self):
        if os.getuid() != 0:
            return
        try:
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)
        except OSError:
            # A container without CAP_SETUID, or without that user: then no capability may remain.
            header = ctypes.create_string_buffer(struct.pack("<Ii", 0x20080522, 0))
            if self._libc.capset(header, ctypes.create_string_buffer(24)):
                raise

    def _limit_worker(self):
        self._limit(resource.RLIMIT_AS, self._memory)
        self._limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
        for name in ("FSIZE", "CORE", "MEMLOCK", "MSGQUEUE"):
            number = getattr(resource, "RLIMIT_" + name, None)
            if number is not None:
                self._limit(number, 0)

    def _limit(self, number, wanted):
        if not self._limits:
            return
        _, hard = resource.getrlimit(number)
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(number, (value, value))
        except (OSError, ValueError):
            # Some systems know a limit and refuse to set it; only strict insists.
            if self.strict:
                raise

    def _die_with_parent(self):
        if self._linux:
            self._prctl(_PR_SET_PDEATHSIG, _SIGKILL)

    @staticmethod
    def _prove():
        """A filter that was accepted but does not bite is no filter."""
        try:
            os.close(os.open("/", os.O_RDONLY))
        except PermissionError:
            return
        raise Refused("the lockdown was accepted but has no effect")
