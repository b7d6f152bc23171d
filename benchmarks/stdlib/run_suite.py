# SPDX-License-Identifier: Apache-2.0
"""Runs test modules and writes each test's outcome: run_suite.py RESULTS MODULE...

A line of RESULTS is a test's id, a tab and its outcome; failures are printed, too. Lines are written
at once, so that a suite that hangs or dies tells how far it came.
"""

import os
import random
import sys
import unittest

from test import support


class Recorder(unittest.TestResult):
    """Writes outcomes as they come; a subtest is a test of its own when it does not succeed."""

    def __init__(self, file):
        super().__init__()
        self.file = file

    def note(self, test, outcome, error=None):
        name = " ".join(test.id().split())
        os.write(self.file, f"{name}\t{outcome}\n".encode("utf-8", "backslashreplace"))
        if error is not None:
            text = f"==== {name}: {outcome}\n{self._exc_info_to_string(error, test)}\n"
            os.write(2, text.encode("utf-8", "backslashreplace"))

    def addSuccess(self, test):
        self.note(test, "ok")

    def addError(self, test, err):
        self.note(test, "error", err)

    def addFailure(self, test, err):
        self.note(test, "failure", err)

    def addSkip(self, test, reason):
        self.note(test, "skipped")

    def addExpectedFailure(self, test, err):
        self.note(test, "expected failure")

    def addUnexpectedSuccess(self, test):
        self.note(test, "unexpected success")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            self.note(subtest, "failure" if failed else "error", err)


def main():
    file = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    names = sys.argv[2:]
    del sys.argv[1:]
    support.use_resources = []  # as python -m test has it: no hours of CPU, no network
    random.seed(0)
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    suite.run(Recorder(file))
    os.write(file, b"\tdone\n")


if __name__ == "__main__":
    main()
