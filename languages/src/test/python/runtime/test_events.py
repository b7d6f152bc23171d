# SPDX-License-Identifier: Apache-2.0
"""What is recorded of a call."""

import pytest


def test_records_entry_and_exit(run):
    recorded = run(
        """
        assert call(len, 'four') == 4
        """
    )
    entry, end = recorded.events
    assert entry["event"] == "entry" and end["event"] == "exit"
    assert entry["function"] == end["function"] == "program:call"
    assert entry["params"] == "f, args" and "params" not in end
    assert entry["token"] == end["token"]
    assert entry["pid"] == end["pid"] and entry["thread"] == end["thread"]
    assert end["value_type"] == "int"
    assert 0 < end["duration_ns"] < 10**10
    assert entry["time_ns"] <= end["time_ns"]


def test_records_nothing_by_default(run):
    recorded = run("call(len, '')\nassert _tel.func_entry('f', '') is None", exporter=None)
    assert not recorded.raw and not recorded.err


def test_hands_the_very_value_through_with_every_exporter(run):
    for exporter in ("none", "jsonl", "otel"):
        run("value = object()\nassert call(lambda: value) is value", exporter=exporter)


def test_writes_to_standard_error_without_a_file(run):
    recorded = run("call(len, '')", TELEMETRY_FILE=None)
    assert recorded.err.count('"event":') == 2


def test_names_an_exporter_that_there_is_not(run):
    recorded = run("call(len, '')", exporter="jason")
    assert recorded.err.count("\n") == 1 and "jason" in recorded.err
    assert not recorded.raw


def test_names_a_file_that_cannot_be_written_and_lets_the_program_run(run, tmp_path):
    missing = str(tmp_path / "missing" / "events.jsonl")
    recorded = run("print(call(len, 'four'))", TELEMETRY_FILE=missing)
    assert recorded.out == "4\n"
    assert recorded.err.count("\n") == 1 and missing in recorded.err


@pytest.mark.parametrize(
    "error, control",
    [
        ("ValueError", False),
        ("KeyboardInterrupt", False),
        ("StopAsyncIteration", False),
        ("GeneratorExit", True),
        ("StopIteration", True),
        ("SystemExit", True),
        ("asyncio.CancelledError", True),
        ("type('Mine', (asyncio.CancelledError,), {})", True),
        ("type('CancelledError', (Exception,), {})", False),
    ],
)
def test_tells_control_flow_from_failure(run, error, control):
    recorded = run(
        f"""
        import asyncio
        error = {error}
        def fail():
            raise error
        try:
            call(fail)
        except error:
            pass
        """
    )
    (event,) = recorded.of("error")
    assert event["control_flow"] is control
    assert event["error_type"] == error.split(".")[-1] or "(" in error
    assert recorded.open() == 0


def test_a_token_completes_once(run):
    recorded = run(
        """
        def f():
            _tel_func = _tel.func_entry('f', '')
            try:
                try:
                    return _tel.func_exit(_tel_func, (1))
                finally:
                    return _tel.func_exit(_tel_func, ('two'))
            except BaseException as _tel_exc:
                _tel.func_error(_tel_func, _tel_exc)
                raise

        def g():
            _tel_func = _tel.func_entry('g', '')
            try:
                try:
                    return _tel.func_exit(_tel_func, (1))
                finally:
                    raise KeyError
            except BaseException as _tel_exc:
                _tel.func_error(_tel_func, _tel_exc)
                raise

        assert f() == 'two'
        try:
            g()
        except KeyError:
            pass
        """
    )
    assert [e["event"] for e in recorded.events] == ["entry", "exit", "superseded"] * 2
    assert [e["by"] for e in recorded.of("superseded")] == ["exit", "error"]
    assert recorded.of("superseded")[0]["value_type"] == "str"
    assert recorded.of("superseded")[1]["error_type"] == "KeyError"
    assert recorded.open() == 0


def test_generators_that_end_are_closed_early_or_stay_suspended(run):
    recorded = run(
        """
        def count(n):
            _tel_func = _tel.func_entry('count', 'n')
            try:
                for i in range(n):
                    yield i
                _tel.func_exit(_tel_func, None)
            except BaseException as _tel_exc:
                _tel.func_error(_tel_func, _tel_exc)
                raise

        assert list(count(3)) == [0, 1, 2]
        early = count(3)
        next(early)
        early.close()
        suspended = count(3)
        next(suspended)
        import os
        os._exit(0)
        """
    )
    assert [e["event"] for e in recorded.events] == ["entry", "exit", "entry", "error", "entry"]
    assert recorded.of("error")[0]["error_type"] == "GeneratorExit"
    assert recorded.of("error")[0]["control_flow"] is True
    assert recorded.open() == 1


def test_tasks_that_are_cancelled(run):
    recorded = run(
        """
        import asyncio

        async def wait(event):
            _tel_func = _tel.func_entry('wait', 'event')
            try:
                return _tel.func_exit(_tel_func, (await event.wait()))
            except BaseException as _tel_exc:
                _tel.func_error(_tel_func, _tel_exc)
                raise

        async def main():
            tasks = [asyncio.ensure_future(wait(asyncio.Event())) for _ in range(5)]
            await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run(main())
        """
    )
    assert len(recorded.of("entry")) == 5
    assert {e["error_type"] for e in recorded.of("error")} == {"CancelledError"}
    assert all(e["control_flow"] for e in recorded.of("error"))
    assert recorded.open() == 0


@pytest.mark.parametrize(
    "text",
    ['"', "\\", "\n\r\t\0", "\x7f\x85", "größe", "\u2028\u2029", "\U0001f600", "\ud800", "'", "</>"],
)
def test_writes_any_name_as_json_on_one_line(run, text):
    recorded = run(
        f"""
        text = {ascii(text)}
        value = type('T', (), {{'__qualname__': text}})()
        _tel.func_exit(_tel.func_entry(text, text), value)
        """
    )
    entry, end = recorded.events
    assert entry["params"] == text and entry["function"] == "program:" + text
    assert end["value_type"] == text
    assert len(recorded.raw.decode("utf-8", "surrogatepass").splitlines()) == 2
