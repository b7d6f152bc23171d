"""System call numbers, audit identities and what each of our processes may call."""
from collections import namedtuple

Machine = namedtuple("Machine", "audit numbers")

# name: (x86_64, aarch64); None where an architecture has no such call.
_NUMBERS = {
    "accept": (43, 202),
    "access": (21, None),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "brk": (12, 214),
    "chdir": (80, 49),
    "chroot": (161, 51),
    "clock_gettime": (228, 113),
    "clone": (56, 220),
    "clone3": (435, 435),
    "close": (3, 57),
    "close_range": (436, 436),
    "dup2": (33, None),
    "dup3": (292, 24),
    "execve": (59, 221),
    "execveat": (322, 281),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "finit_module": (313, 273),
    "fork": (57, None),
    "fstat": (5, 80),
    "futex": (202, 98),
    "getcwd": (79, 17),
    "getegid": (108, 177),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getpid": (39, 172),
    "getppid": (110, 173),
    "getrandom": (318, 278),
    "getrusage": (98, 165),
    "gettid": (186, 178),
    "gettimeofday": (96, 169),
    "getuid": (102, 174),
    "init_module": (175, 105),
    "io_uring_setup": (425, 425),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "kill": (62, 129),
    "lstat": (6, None),
    "madvise": (28, 233),
    "memfd_create": (319, 279),
    "mmap": (9, 222),
    "mount": (165, 40),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "munmap": (11, 215),
    "newfstatat": (262, 79),
    "open": (2, None),
    "openat": (257, 56),
    "openat2": (437, 437),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "pivot_root": (155, 41),
    "poll": (7, None),
    "ppoll": (271, 73),
    "prctl": (157, 167),
    "prlimit64": (302, 261),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "read": (0, 63),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "readv": (19, 65),
    "request_key": (249, 218),
    "rseq": (334, 293),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "set_robust_list": (273, 99),
    "setns": (308, 268),
    "setrlimit": (160, 164),
    "setsid": (112, 157),
    "sigaltstack": (131, 132),
    "socket": (41, 198),
    "stat": (4, None),
    "statx": (332, 291),
    "time": (201, None),
    "times": (100, 153),
    "uname": (63, 160),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vfork": (58, None),
    "wait4": (61, 260),
    "write": (1, 64),
}

MACHINES = {
    "x86_64": Machine(0xC000003E, {n: v[0] for n, v in _NUMBERS.items() if v[0] is not None}),
    "aarch64": Machine(0xC00000B7, {n: v[1] for n, v in _NUMBERS.items() if v[1] is not None}),
}

# What any Python computation needs: memory, clocks, its own signals and identity, an end.
COMPUTING = (
    "mmap mprotect munmap brk mremap madvise futex clock_gettime gettimeofday time times "
    "getrandom getrusage getpid gettid getuid geteuid getgid getegid sched_yield "
    "rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack set_robust_list rseq "
    "close exit exit_group"
).split()

# What the worker itself does besides: frames, one child at a time, the child's lock.
SERVING = (
    "read readv write poll ppoll pipe pipe2 wait4 kill fork clone prctl dup2 dup3 close_range "
    "prlimit64 setrlimit setsid getppid getcwd uname"
).split()

# Nothing we run comes near these: whoever calls one dies on the spot.
FATAL = (
    "socket execve execveat ptrace process_vm_readv process_vm_writev bpf io_uring_setup unshare "
    "setns mount userfaultfd perf_event_open pidfd_open pidfd_getfd keyctl add_key request_key "
    "init_module finit_module kexec_load personality chroot pivot_root memfd_create vfork"
).split()

# Libraries probe for files and take "no such file" for an answer: the whole tree looks empty.
LOOKING = (
    "open openat openat2 stat lstat newfstatat statx access faccessat faccessat2 readlink "
    "readlinkat"
).split()
