"""Greets, then answers frame by frame until standard input ends.

Greeting: u8 (READY, REFUSED or MISSING), then text as UTF-8.
Request: u8 operation, then its fields.
Reply: u8 status, i32 exit code of the child, u32 number of answers, the answers.
"""
import os
import signal
import struct
import warnings

from telemetry_sandbox import frames, sink
from telemetry_sandbox.lockdown import Refused

READY, REFUSED, MISSING = 0, 1, 2
_REPLY = struct.Struct("<BiI")


def start(prepare):
    """prepare() loads, locks, and returns the greeting and a function from request to reply."""
    os.chdir("/")
    # A person who interrupts the program does not mean its workers, which end with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    try:
        greeting, answer = prepare()
    except Refused as refusal:
        refuse(REFUSED, str(refusal))
        return
    sink.redirect_all()
    frames.write_frame(1, bytes([READY]) + greeting.encode("utf-8"))
    try:
        while True:
            frames.write_frame(1, answer(frames.read_frame(0)))
    except EOFError:
        pass


def refuse(word, reason):
    frames.write_frame(1, bytes([word]) + reason.encode("utf-8", "replace"))


def reply(status, exit_code=0, count=0, answers=b""):
    return _REPLY.pack(status, exit_code, count) + answers
