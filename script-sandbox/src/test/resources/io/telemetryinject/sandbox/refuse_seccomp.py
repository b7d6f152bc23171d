"""Becomes the interpreter in argv, under a filter that makes the kernel refuse any further one."""
import ctypes
import os
import struct
import sys

EPERM, ALLOW = 0x00050001, 0x7FFF0000
PRCTL = {"x86_64": 157, "aarch64": 167}[os.uname().machine]
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP = 38, 22


def instruction(code, if_true, if_false, value):
    return struct.pack("<HBBI", code, if_true, if_false, value)


program = b"".join(
    [
        instruction(0x20, 0, 0, 0),  # load the number
        instruction(0x15, 0, 3, PRCTL),
        instruction(0x20, 0, 0, 16),  # load the first argument
        instruction(0x15, 0, 1, PR_SET_SECCOMP),
        instruction(0x06, 0, 0, EPERM),
        instruction(0x06, 0, 0, ALLOW),
    ]
)
code = ctypes.create_string_buffer(program, len(program))
header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
libc = ctypes.CDLL(None)
assert libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
assert libc.prctl(PR_SET_SECCOMP, 2, ctypes.c_ulong(ctypes.addressof(header)), 0, 0) == 0
interpreter = os.readlink("/proc/self/exe")  # without a PATH, sys.executable may be empty
os.execv(interpreter, [interpreter] + sys.argv[1:])
