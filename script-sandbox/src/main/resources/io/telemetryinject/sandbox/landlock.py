"""Landlock: takes away every file, TCP port and foreign signal, where the kernel has it."""
import ctypes
import os
import struct

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION = 1


def restrict(libc):
    """Denies all that this kernel's Landlock can deny; returns its ABI, 0 where there is none."""
    abi = libc.syscall(
        ctypes.c_long(_CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION)
    )
    if abi < 1:
        return 0
    files = (1 << 13) - 1
    for since, right in ((2, 13), (3, 14), (5, 15)):  # refer, truncate, ioctl on devices
        if abi >= since:
            files |= 1 << right
    ports = 3 if abi >= 4 else 0  # bind, connect
    scopes = 3 if abi >= 6 else 0  # abstract sockets, signals
    fields = [files] + ([ports] if abi >= 4 else []) + ([scopes] if abi >= 6 else [])
    attributes = struct.pack(f"<{len(fields)}Q", *fields)
    ruleset = libc.syscall(
        ctypes.c_long(_CREATE_RULESET),
        ctypes.c_char_p(attributes),
        ctypes.c_size_t(len(attributes)),
        ctypes.c_uint(0),
    )
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    # A ruleset without rules: nothing beneath any path is allowed.
    if libc.syscall(ctypes.c_long(_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint(0)):
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(ruleset)
    return abi
