# SPDX-License-Identifier: Apache-2.0
"""Which run, which script, which function."""


def test_carries_the_run(run):
    assert {e["run"] for e in run("call(len, '')", TELEMETRY_RUN="r\"1").events} == {'r"1'}


def test_carries_the_run_that_was_written_into_the_file(run, folder):
    file = folder / "_telemetry_utils.py"
    text = file.read_text()
    assert text.count('\nRUN_ID = ""\n') == 1
    file.write_text(text.replace('\nRUN_ID = ""\n', '\nRUN_ID = "0123abc"\n'))
    assert {e["run"] for e in run("call(len, '')").events} == {"0123abc"}


def test_names_the_module_of_the_function(run, folder):
    (folder / "pkg").mkdir()
    (folder / "pkg" / "__init__.py").write_text("")
    (folder / "pkg" / "mod.py").write_text(
        "from _telemetry_utils import tel as _tel\n"
        "def f():\n    return _tel.func_exit(_tel.func_entry('f', ''), 1)\n"
        "class C:\n    def f(self):\n        return _tel.func_exit(_tel.func_entry('C.f', 'self'), 1)\n"
    )
    (folder / "pkg" / "__main__.py").write_text("from pkg.mod import f, _tel\n_tel.func_entry('m', '')\nf()\n")
    recorded = run("import pkg.mod\npkg.mod.f()\npkg.mod.C().f()\ncall(len, '')")
    functions = [e["function"] for e in recorded.of("entry")]
    assert functions == ["pkg.mod:f", "pkg.mod:C.f", "program:call"]
    (folder / "events.jsonl").unlink()
    recorded = run("", args=["-m", "pkg"])
    assert [e["function"] for e in recorded.of("entry")] == ["pkg.__main__:m", "pkg.mod:f"]


def test_looks_up_script_keys_beside_itself(run, folder):
    (folder / "_telemetry_scripts.tsv").write_text("other:f\tk0\nnonsense\nprogram:call\tk1\n")
    assert {e["script"] for e in run("call(len, '')").events} == {"k1"}


def test_looks_up_script_keys_where_told(run, folder):
    (folder / "table").write_text("program:call\tk2\n")
    assert {e["script"] for e in run("call(len, '')", TELEMETRY_SCRIPTS="table").events} == {"k2"}


def test_does_without_script_keys(run):
    assert {e["script"] for e in run("call(len, '')", TELEMETRY_SCRIPTS="nowhere").events} == {""}
