# SPDX-License-Identifier: Apache-2.0
"""Compares the suites of standard library modules before and after: see ../stdlib-suites."""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from events import Balance, pausing_functions

HERE = Path(__file__).resolve().parent
DIFFERENCES = HERE.parent / "stdlib-differences.txt"
LIBRARY = Path(sysconfig.get_path("stdlib"))
TIMEOUT = float(os.environ.get("STDLIB_TIMEOUT", "900"))
SUITES = {
    "json": ["test_json"],
    "argparse": ["test_argparse"],
    "textwrap": ["test_textwrap"],
    "difflib": ["test_difflib"],
    "configparser": ["test_configparser"],
    "csv": ["test_csv"],
    "shlex": ["test_shlex"],
    "string": ["test_string"],
    "fnmatch": ["test_fnmatch"],
    "statistics": ["test_statistics"],
    "fractions": ["test_fractions"],
    "heapq": ["test_heapq"],
    "bisect": ["test_bisect"],
    "calendar": ["test_calendar"],
    "ast": ["test_ast", "test_unparse"],
    "tokenize": ["test_tokenize"],
    "html": ["test_html", "test_htmlparser"],
    "urllib": ["test_urlparse", "test_urllib", "test_urllib_response"],
    "email": ["test_email"],
    "logging": ["test_logging"],
    "sched": ["test_sched"],
    "graphlib": ["test_graphlib"],
    "contextlib": ["test_contextlib", "test_contextlib_async"],
    "functools": ["test_functools"],
}


def main():
    parser = argparse.ArgumentParser(prog="stdlib-suites")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--control", action="store_true", help="break fnmatch: it must be found")
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    arguments = parser.parse_args()
    modules = arguments.modules or list(SUITES)
    if unknown := [module for module in modules if module not in SUITES]:
        parser.error(f"no suite is known for {', '.join(unknown)}; known: {', '.join(SUITES)}")
    work = arguments.work.resolve()
    instrument(work, list(SUITES))
    pausing = pausing_functions(work / "before")
    listed = read_differences()
    if arguments.control:
        sys.exit(control(work, pausing))
    bad = [module for module in modules if not compare(module, work, pausing, listed)]
    if bad:
        sys.exit(f"stdlib-suites: not as before, or not as listed: {', '.join(bad)}")


def instrument(work, modules):
    """Make before and after; the pipeline carries on with what an earlier call left."""
    before = work / "before"
    for module in modules:
        source = LIBRARY / module
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, before / module, ignore=ignored, dirs_exist_ok=True)
        else:
            before.mkdir(parents=True, exist_ok=True)
            shutil.copy(f"{source}.py", before)
    command = [os.environ["TELEMETRY_INJECT"], "--input", before, "--output", work / "after"]
    command += ["--exclude", "**/__pycache__/**", "--cache-dir"]
    command += [os.environ.get("STDLIB_CACHE") or work / "cache"]
    subprocess.run(command, check=True)


def control(work, pausing):
    """Plant a wrong result and a lost exit, and see whether the comparison finds both."""
    planted = work / "control"
    shutil.rmtree(planted, ignore_errors=True)
    for side in ("before", "after"):
        shutil.copytree(work / side, planted / side)
    file = planted / "after" / "fnmatch.py"
    text = file.read_text("utf-8")
    kept = "return _tel.func_exit(_tel_func, (fnmatchcase(name, pat)))"
    lost = text.replace(kept, "return not fnmatchcase(name, pat)")
    file.write_text(lost, "utf-8")
    problems = []
    compare("fnmatch", planted, pausing, {}, problems)
    found = [
        any("test_fnmatch: ok before, failure after" in problem for problem in problems),
        any(problem == "neither exit nor error: fnmatch:fnmatch" for problem in problems),
    ]
    return None if found == [True, True] else "stdlib-suites: the control was not found out"


def read_differences():
    """Tests that must differ: id, tab, reason."""
    rows = (line.split("\t") for line in DIFFERENCES.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == 2 and not row[0].startswith("#")}


def compare(module, work, pausing, listed, problems=None):
    """Run a module's suites on both trees; tell whether all is as it must be."""
    problems = [] if problems is None else problems
    started = time.monotonic()
    before, _, _ = run(module, work, "before", {})
    events = work / f"{module}.events.jsonl"
    events.unlink(missing_ok=True)
    settings = {"TELEMETRY_EXPORTER": "jsonl", "TELEMETRY_FILE": str(events)}
    after, pid, ended = run(module, work, "after", settings)
    balance = Balance(events, pausing, pid)
    events.unlink(missing_ok=True)

    expected = {test for test in listed if test in before or test in after}
    differing = {test for test in before | after if before.get(test) != after.get(test)}
    unlisted, stale = differing - expected, expected - differing
    problems += list(dict.fromkeys(balance.problems))[:20]
    problems += [f"{t}: {before.get(t)} before, {after.get(t)} after" for t in sorted(unlisted)]
    problems += [f"{t}: listed, but as before" for t in sorted(stale)]
    if not ended:
        problems.append(f"no end within {TIMEOUT:.0f} s, or a crash")
    if not balance.counts["entry"]:
        problems.append("no events")
    counts = balance.counts
    print(
        f"{module:13}{len(before):6,} tests{len(differing & expected):4} listed differences"
        f"{counts['entry']:11,} entries ={counts['exit']:11,} exits +{counts['error']:9,} errors"
        f" +{len(balance.open):6,} open ({said(balance.open_by_reason)});"
        f" {counts['superseded']:,} superseded; {time.monotonic() - started:.0f} s",
        flush=True,
    )
    for problem in problems:
        print(f"  {problem}", flush=True)
    return not problems


def said(reasons):
    return ", ".join(f"{count:,} {reason}" for reason, count in reasons.items()) or "none"


def run(module, work, side, settings):
    """Answer outcomes by test, the process's id, and whether it came to its end."""
    results, log = work / f"{module}.{side}.tsv", work / f"{module}.{side}.log"
    results.unlink(missing_ok=True)
    place = work / "cwd"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TELEMETRY_", "PYTHON"))
    }
    environment.update(settings, PYTHONPATH=str(work / side), PYTHONHASHSEED="0")
    suites = [f"test.{suite}" for suite in SUITES[module]]
    command = [sys.executable, HERE / "run_suite.py", results, *suites]
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
    rows = [line.split("\t") for line in results.read_text("utf-8").splitlines()]
    ended = rows[-1:] == [["", "done"]]
    outcomes = {}
    for test, outcome in rows:
        outcomes[test] = f"{outcomes[test]}, {outcome}" if test in outcomes else outcome
    return outcomes, process.pid, ended


if __name__ == "__main__":
    main()
