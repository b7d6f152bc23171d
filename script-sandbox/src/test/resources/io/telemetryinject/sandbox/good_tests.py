"""Tests of good_script.py."""
import sys

import insertion_script
import pytest
from insertion_script import insert_telemetry, insertions

SOURCE = "def f(a, b):\n    print(a)\n\n    print(b)"
PLAIN = (
    "def f(a, b):\n    _tel_func = _tel.func_entry('f', 'a, b')\n    print(a)\n\n    print(b)"
    "\n    _tel.func_exit(_tel_func, None)"
)
CAPTURED = (
    "def f(a, b):\n    _tel_func = _tel.func_entry('f', 'a, b')\n    try:\n        print(a)\n\n"
    "        print(b)\n        _tel.func_exit(_tel_func, None)\n"
    "    except BaseException as _tel_exc:\n        _tel.func_error(_tel_func, _tel_exc)\n"
    "        raise"
)


@pytest.fixture(name="context")
def fixture_context():
    return {"qualified_name": "f", "parameters": ["a", "b"], "exceptions": "capture"}


def applied(source, context):
    text, done, out = source.encode(), 0, b""
    for offset, inserted in insertions(source, context):
        out += text[done:offset] + inserted.encode()
        done = offset
    return (out + text[done:]).decode()


@pytest.mark.parametrize(("policy", "expected"), [("capture", CAPTURED), ("ignore", PLAIN)])
def test_inserts(policy, expected, context):
    assert applied(SOURCE, {**context, "exceptions": policy}) == expected


def test_twice_is_once(context):
    assert insert_telemetry(SOURCE) == CAPTURED
    assert insertions(CAPTURED, context) == []


def test_main_prints_what_it_made_of_a_file(tmp_path, monkeypatch, capsys):
    path = tmp_path / "f.py"
    path.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["script.py", str(path)])

    assert insertion_script.main() == 0
    assert capsys.readouterr().out == CAPTURED


def test_main_tells_of_a_file_that_is_not_there(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["script.py", "missing.py"])

    assert insertion_script.main() == 1
    assert "missing.py" in capsys.readouterr().err
