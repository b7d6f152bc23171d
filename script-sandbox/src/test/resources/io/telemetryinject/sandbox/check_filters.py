"""Runs the seccomp programs of both architectures in a small BPF machine; prints what is wrong."""
import struct

from telemetry_sandbox import seccomp, syscalls

ALLOW, KILL, EPERM, ENOENT = seccomp.ALLOW, seccomp.KILL, seccomp.EPERM, seccomp.ENOENT
PROT_EXEC, CLONE_FORK, CLONE_NEWUSER, PR_SET_SECCOMP = 4, 17, 0x10000000, 22
FAILURES = []


def verdict(program, audit, number, *arguments):
    data = struct.pack("<iIQ6Q", number, audit, 0, *(arguments + (0,) * (6 - len(arguments))))
    accumulator, at = 0, 0
    for _ in range(4096):
        code, if_true, if_false, value = struct.unpack_from("<HBBI", program, at * 8)
        at += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:
            return value
        else:
            holds = {
                0x15: accumulator == value,
                0x35: accumulator >= value,
                0x45: accumulator & value != 0,
            }[code]
            at += if_true if holds else if_false
    raise AssertionError("no verdict")


def check(name, actual, expected):
    if actual != expected:
        FAILURES.append("%s: %#x, not %#x" % (name, actual, expected))


def check_machine(name, machine):
    programs = {
        "worker": seccomp.worker(machine),
        "script": seccomp.script_child(machine),
        "judging": seccomp.judging_child(machine),
    }

    def call(program, syscall, *arguments):
        number = machine.numbers[syscall]
        return verdict(programs[program], machine.audit, number, *arguments)

    for program in programs:
        where = "%s %s " % (name, program)
        check(where + "foreign audit", verdict(programs[program], 0x40000003, 0), KILL)
        check(where + "x32", verdict(programs[program], machine.audit, 0x40000000 | 39), KILL)
        check(where + "unknown", verdict(programs[program], machine.audit, 9999), EPERM)
        check(where + "clone3", call(program, "clone3"), seccomp.ENOSYS)
        for guarded in ("mmap", "mprotect"):
            check(where + guarded, call(program, guarded, 0, 0, 3), ALLOW)
            check(where + guarded + " x", call(program, guarded, 0, 0, PROT_EXEC | 3), EPERM)
        for fatal in set(syscalls.FATAL) & set(machine.numbers):
            check(where + fatal, call(program, fatal), KILL)
        for plain in set(syscalls.COMPUTING) & set(machine.numbers) - {"mmap", "mprotect"}:
            check(where + plain, call(program, plain), ALLOW)
    for program in ("script", "judging"):
        where = "%s %s " % (name, program)
        for refused in set(syscalls.SERVING) & set(machine.numbers) - {"getcwd", "uname"}:
            allowed = KILL if refused in syscalls.FATAL else EPERM
            check(where + refused, call(program, refused, CLONE_FORK), allowed)
    check(name + " fork", call("worker", "clone", CLONE_FORK), ALLOW)
    check(name + " namespace", call("worker", "clone", CLONE_FORK | CLONE_NEWUSER), EPERM)
    check(name + " filter", call("worker", "prctl", PR_SET_SECCOMP), ALLOW)
    check(name + " other prctl", call("worker", "prctl", 4), EPERM)
    check(name + " open", call("worker", "openat"), EPERM)
    check(name + " script open", call("script", "openat"), EPERM)
    check(name + " judging open", call("judging", "openat"), ENOENT)
    check(name + " judging chdir", call("judging", "chdir"), seccomp.PRETEND)


for machine_name, described in syscalls.MACHINES.items():
    check_machine(machine_name, described)
print("\n".join(FAILURES))
