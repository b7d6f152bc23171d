"""Pytest, loaded and configured once, then run on texts in memory: no file is ever opened.

One session tests the script and then its mutants, each with a fresh copy of the test module.
"""
import os
import pathlib
import sys
import types
from collections import namedtuple

import pytest

from telemetry_sandbox import memory_files, mutants
from telemetry_sandbox.faults import describe
from telemetry_sandbox.scripts import FILE_NAME, compile_script

_TESTS_FILE = "<tests>"
_FAILURES = 8
_SWITCHED_OFF = (
    "cacheprovider doctest junitxml faulthandler nose setuponly setupplan stepwise pastebin "
    "legacypath logging tmpdir unraisableexception threadexception terminalreporter"
).split()
_WARM_TESTS = """
import pytest
import insertion_script

@pytest.fixture
def source():
    return "x"

@pytest.mark.parametrize("name", ["a", "b"])
def test_warm(source, name, tmp_path, monkeypatch, capsys):
    with pytest.raises(ValueError):
        raise ValueError(name)
    assert insertion_script.insertions(source, {}) == []

def test_fails():
    assert insertion_script is None
"""

TestRun = namedtuple("TestRun", "passed failed failures survivors")


class _MemoryModule(pytest.Module):
    """A test module that was never a file."""

    content = None

    def _getobj(self):
        return self.content


class _Session:
    """A plugin in place of collection, test loop and terminal."""

    def __init__(self, script=None, tests=None, inside=None):
        self.script = script
        self.tests = tests
        self.result = None
        self._inside = inside
        self._reports = []

    @pytest.fixture(name="tmp_path")
    def fixture_tmp_path(self):
        return memory_files.MemoryPath("/tmp_path")

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config):
        """Hands over to whoever waits for a configured pytest; a session comes later, if at all."""
        if self._inside is None:
            return None
        inside, self._inside = self._inside, None
        inside(config)
        return 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        session.items = []
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        code = compile(self.tests, _TESTS_FILE, "exec", dont_inherit=True)
        failures = self._run(session, code, None)
        passed = sum(1 for r in self._reports if r.when == "call" and r.passed)
        failed = len(failures)
        survivors = []
        if passed and not failed:
            survivors = [m.name for m in mutants.all_mutants() if self._survives(session, code, m)]
        self.result = TestRun(passed, failed, failures[:_FAILURES], survivors)
        return True

    def _survives(self, session, code, mutant):
        return not self._run(session, code, mutant) and mutant.bites

    def _run(self, session, code, mutant):
        """Runs all tests, or for a mutant up to the first failure; returns what failed."""
        self._reports.clear()
        name = mutant.name if mutant else "script"
        node = _MemoryModule.from_parent(session, path=pathlib.Path("/", name, "test_script.py"))
        try:
            node.content = self._load(code, mutant)
            items = list(session.genitems(node))
        except Exception as error:  # pylint: disable=broad-exception-caught
            return ["the tests cannot be loaded: " + self._explain(error)]
        for index, item in enumerate(items):
            following = items[index + 1] if index + 1 < len(items) and not mutant else None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if mutant and any(r.failed for r in self._reports):
                break
        return [r.explanation for r in self._reports if r.failed]

    def _load(self, code, mutant):
        script = types.ModuleType("insertion_script")
        script.__file__ = "/insertion_script.py"
        sys.modules["insertion_script"] = script
        exec(self.script, script.__dict__)  # pylint: disable=exec-used
        if mutant:
            mutant.plant(script)
        tests = types.ModuleType("test_script")
        sys.modules["test_script"] = tests
        exec(code, tests.__dict__)  # pylint: disable=exec-used
        return tests

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = (yield).get_result()
        if report.failed:
            error = call.excinfo.value if call.excinfo else AssertionError("failed")
            report.explanation = item.name + ": " + self._explain(error)

    def pytest_runtest_logreport(self, report):
        self._reports.append(report)

    def pytest_collectreport(self, report):
        if report.failed:
            report.when = "collect"
            report.explanation = "the tests cannot be collected: " + str(report.longrepr)[-200:]
            self._reports.append(report)

    def _explain(self, error):
        text = describe(error, _TESTS_FILE)
        inside = describe(error, FILE_NAME)
        if text.endswith(")") and "(line " in text:
            number = int(text.rpartition("(line ")[2][:-1])
            lines = self.tests.split("\n")
            text += " " + lines[number - 1].strip()[:120] if number <= len(lines) else ""
        if "(line " in inside:
            text += "; in the script, line " + inside.rpartition("(line ")[2][:-1]
        return text


def _start(session):
    arguments = ["--noconftest", "-c", "/dev/null", "--rootdir=/", "--assert=plain"]
    arguments += ["--capture=no", "--tb=native"]
    for name in _SWITCHED_OFF:
        arguments += ["-p", "no:" + name]
    pytest.main(arguments, plugins=[session])


def inside_pytest(action):
    """Calls action(test) with pytest configured and warm; test(script, tests) is for one use."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    _start(_Session(compile_script("def insertions(s, c): return []"), _WARM_TESTS))

    def configured(config):
        def test(script, tests):
            memory_files.install()
            session.script = compile_script(script)
            session.tests = tests
            config.hook.pytest_cmdline_main(config=config)
            return session.result

        action(test)

    session = _Session(inside=configured)
    _start(session)
