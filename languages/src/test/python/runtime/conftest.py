# SPDX-License-Identifier: Apache-2.0
"""Programs that use the telemetry runtime, run in processes of their own."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest

RUNTIME = (
    Path(__file__).parents[3]
    / "main/resources/io/telemetryinject/language/python/_telemetry_utils.py"
)

# What instrumented code looks like, for programs that need no other form.
PRELUDE = """
from _telemetry_utils import tel as _tel

def call(f, *args):
    _tel_func = _tel.func_entry('call', 'f, args')
    try:
        return _tel.func_exit(_tel_func, (f(*args)))
    except BaseException as _tel_exc:
        _tel.func_error(_tel_func, _tel_exc)
        raise
"""


class Recorded:
    """What a program left behind."""

    def __init__(self, process, file):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr
        self.raw = file.read_bytes() if file.exists() else b""
        self.events = [json.loads(line) for line in self.raw.split(b"\n")[:-1]]

    def of(self, *kinds):
        return [event for event in self.events if event["event"] in kinds]

    def open(self):
        """Calls that never ended; each of the others must have ended just once."""
        ends = Counter(event["token"] for event in self.of("exit", "error"))
        assert not [token for token, count in ends.items() if count > 1]
        entries = [event["token"] for event in self.of("entry")]
        assert len(set(entries)) == len(entries)
        assert set(ends) <= set(entries)
        return len(entries) - len(ends)


@pytest.fixture
def folder(tmp_path):
    shutil.copy(RUNTIME, tmp_path)
    return tmp_path


@pytest.fixture
def run(folder):
    """Run a program's text behind the prelude; the code must be 0 unless told otherwise."""

    def run(program, exporter="jsonl", prelude=PRELUDE, code=0, args=None, **settings):
        file = folder / "events.jsonl"
        (folder / "program.py").write_text(prelude + textwrap.dedent(program), encoding="utf-8")
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TELEMETRY_EXPORTER": exporter,
            "TELEMETRY_FILE": str(file),
        }
        environment.update(settings)
        process = subprocess.run(
            [sys.executable, *(args or ["program.py"])],
            cwd=folder,
            env={name: value for name, value in environment.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert process.returncode == code, process.stderr
        return Recorded(process, file)

    return run
