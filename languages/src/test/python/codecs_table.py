"""Prints what the single bytes from 1 on decode to in each codec named: code points in hex, `-` for none."""

import sys


def point(name, byte):
    try:
        return "%x" % ord(bytes([byte]).decode(name))
    except UnicodeDecodeError:
        return "-"


for name in sys.argv[1:]:
    try:
        print(name, ",".join(point(name, byte) for byte in range(1, 0x100)))
    except LookupError:
        print(name, "unknown")
