# SPDX-License-Identifier: Apache-2.0
"""How the runtime is loaded, and what it loads."""

import subprocess
import sys
import zipfile

import pytest


@pytest.mark.parametrize("exporter", ["none", "jsonl", "otel"])
def test_imports_only_what_is_built_into_the_interpreter(run, exporter):
    recorded = run(
        """
        import sys
        before = set(sys.modules)
        sys.path.append('.')
        import _telemetry_utils
        new = set(sys.modules) - before - {'_telemetry_utils'}
        assert new <= set(sys.builtin_module_names), new
        """,
        exporter=exporter,
        prelude="",
        args=["-I", "-S", "program.py"],
    )
    assert not recorded.err


def test_tel_is_the_module_itself(run):
    for exporter in ("none", "jsonl", "otel"):
        run("import sys\nassert _tel is sys.modules['_telemetry_utils']", exporter=exporter)


def test_works_under_another_name(run, folder):
    (folder / "_telemetry_utils.py").rename(folder / "other_name.py")
    recorded = run(
        """
        import sys, other_name
        from other_name import tel
        assert tel is other_name is sys.modules['other_name']
        tel.func_exit(tel.func_entry('f', ''), 1)
        """,
        prelude="",
    )
    assert recorded.open() == 0 and len(recorded.events) == 2


def test_works_where_no_name_is_kept(run):
    recorded = run(
        """
        import importlib.util
        spec = importlib.util.spec_from_file_location('by_hand', '_telemetry_utils.py')
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        tel = module.tel
        assert tel.func_exit(tel.func_entry('f', ''), 1) == 1
        """,
        prelude="",
    )
    assert recorded.open() == 0 and len(recorded.events) == 2


def test_works_from_a_zip_file(run, folder):
    with zipfile.ZipFile(folder / "app.zip", "w") as archive:
        archive.write(folder / "_telemetry_utils.py", "_telemetry_utils.py")
        archive.writestr("_telemetry_scripts.tsv", "__main__:call\tk\n")
    (folder / "_telemetry_utils.py").unlink()
    recorded = run(
        """
        import sys
        sys.path.insert(0, 'app.zip')
        from _telemetry_utils import tel
        assert 'app.zip' in tel.__file__
        tel.func_exit(tel.func_entry('f', ''), 1)
        """,
        prelude="",
    )
    assert len(recorded.events) == 2


def test_is_pickled_by_reference(run):
    for exporter in ("none", "jsonl", "otel"):
        run(
            """
            import pickle
            for name in ('func_entry', 'func_exit', 'func_error'):
                function = getattr(_tel, name)
                text = pickle.dumps(function)
                assert pickle.loads(text) is function and b'_telemetry_utils' in text
            """,
            exporter=exporter,
        )


def test_leaves_the_programs_names_alone(run, folder):
    (folder / "library.py").write_text(
        "from _telemetry_utils import tel as _tel\n"
        "def tel():\n"
        "    _tel_func = _tel.func_entry('tel', '')\n"
        "    return _tel.func_exit(_tel_func, ('mine'))\n"
    )
    recorded = run(
        """
        from library import *
        assert tel() == 'mine'
        assert not [name for name in globals() if name.startswith('_tel')]
        """,
        prelude="",
    )
    assert recorded.open() == 0 and len(recorded.events) == 2


def test_serves_instrumented_os_and_threading(run, folder):
    """A module that the interpreter itself loads early, instrumented and first on the path."""
    source = __import__("string").__file__
    text = open(source, encoding="utf-8").read()
    marked = text.replace(
        "def capwords(s, sep=None):",
        "from _telemetry_utils import tel as _tel\n"
        "def capwords(s, sep=None):\n"
        "    _tel.func_exit(_tel.func_entry('capwords', 's, sep'), None)",
        1,
    )
    assert marked != text
    (folder / "string.py").write_text(marked, encoding="utf-8")
    recorded = run("import string\nassert string.capwords('a b') == 'A B'", prelude="")
    assert [e["function"] for e in recorded.of("entry")] == ["string:capwords"]


def test_keeps_types_for_type_checkers(folder):
    """Annotations must at least compile on the oldest Python: nothing evaluates them."""
    program = "import ast, sys; ast.parse(open(sys.argv[1]).read(), feature_version=(3, 9))"
    file = folder / "_telemetry_utils.py"
    subprocess.run([sys.executable, "-c", program, str(file)], check=True, timeout=60)
    text = file.read_text()
    assert 'def func_exit(token: "Token", value: "T") -> "T":' in text
    assert "from __future__" not in text
