"""Prints where this interpreter keeps its standard library."""

import sysconfig

print(sysconfig.get_path("stdlib"))
