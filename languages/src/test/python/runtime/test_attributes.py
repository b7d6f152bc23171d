# SPDX-License-Identifier: Apache-2.0
"""What is recorded of parameters that a policy asked for."""

import pytest
from test_otel import TRACE
from test_user_objects import HOSTILE


def attributes(recorded):
    return [
        {key: event[key] for key in ("name", "value", "value_type", "cut") if key in event}
        for event in recorded.of("attr")
    ]


@pytest.mark.parametrize(
    "value, expected",
    [
        ("True", {"value": True}),
        ("False", {"value": False}),
        ("0", {"value": 0}),
        ("-7", {"value": -7}),
        ("2**63 - 1", {"value": 2**63 - 1}),
        ("2**63", {"value_type": "int"}),
        ("-2**100", {"value_type": "int"}),
        ("10**5000", {"value_type": "int"}),
        ("0.1", {"value": 0.1}),
        ("-1e300", {"value": -1e300}),
        ("float('nan')", {"value_type": "float"}),
        ("float('inf')", {"value_type": "float"}),
        ("-float('inf')", {"value_type": "float"}),
        ("''", {"value": ""}),
        ("'größe\\n\"\\u2028'", {"value": 'größe\n"\u2028'}),
        ("'\\ud800'", {"value": "\ud800"}),
        ("'x' * 200", {"value": "x" * 200}),
        ("'x' * 201", {"value": "x" * 200, "cut": True}),
        ("None", {"value_type": "NoneType"}),
        ("b'secret'", {"value_type": "bytes"}),
        ("['secret']", {"value_type": "list"}),
        ("1j", {"value_type": "complex"}),
        ("str", {"value_type": "type"}),
        ("type('Text', (str,), {})('secret')", {"value_type": "Text"}),
        ("type('Number', (int,), {})(7)", {"value_type": "Number"}),
        ("type('Real', (float,), {})(7)", {"value_type": "Real"}),
        ("__import__('enum').IntEnum('Colour', 'RED').RED", {"value_type": "Colour"}),
    ],
)
def test_records_values_of_built_in_scalars_and_types_of_all_else(run, value, expected):
    recorded = run(
        f"""
        token = _tel.func_entry('f', 'a')
        assert _tel.attr(token, 'order.id', {value}) is None
        _tel.func_exit(token, None)
        """
    )
    assert attributes(recorded) == [{"name": "order.id", **expected}]
    assert "secret" not in recorded.raw.decode("utf-8", "surrogatepass")
    entry, attribute, end = recorded.events
    assert entry["token"] == attribute["token"] == end["token"]
    assert entry["function"] == attribute["function"] == "program:f"
    assert entry["time_ns"] <= attribute["time_ns"] <= end["time_ns"]
    assert end["event"] == "exit" and recorded.open() == 0


def test_touches_no_value(run):
    for exporter in ("none", "jsonl"):
        recorded = run(
            HOSTILE
            + """
token = _tel.func_entry('f', 'a')
_tel.attr(token, 'a', value)
_tel.attr(token, 'b', Hostile)
_tel.func_exit(token, None)
""",
            exporter=exporter,
        )
    assert [event["value_type"] for event in recorded.of("attr")] == ["Hostile", "Meta"]


def test_keeps_nothing_alive(run):
    run(
        """
        import weakref
        class Value:
            pass
        value = Value()
        gone = weakref.ref(value)
        token = _tel.func_entry('f', 'a')
        _tel.attr(token, 'a', value)
        del value
        assert gone() is None
        """
    )


def test_serves_a_program_that_replaces_builtins(run):
    recorded = run(
        """
        import builtins
        def refuse(*args, **kwargs):
            raise AssertionError('used')
        saved = dict(vars(builtins))
        for name in ('type', 'str', 'bool', 'int', 'float', 'len', 'repr', 'isinstance'):
            setattr(builtins, name, refuse)
        try:
            token = _tel.func_entry('f', 'a')
            for value in ('text', True, 1, 1.5, None):
                _tel.attr(token, 'a', value)
        finally:
            vars(builtins).update(saved)
        """
    )
    assert [event.get("value") for event in recorded.of("attr")] == ["text", True, 1, 1.5, None]


def test_a_file_that_cannot_be_written_is_no_error(run, tmp_path):
    recorded = run(
        """
        token = _tel.func_entry('f', 'a')
        _tel.attr(token, 'a', 1)
        print(_tel.func_exit(token, 'ok'))
        """,
        TELEMETRY_FILE=str(tmp_path / "missing" / "events.jsonl"),
    )
    assert recorded.out == "ok\n"


INSTRUMENTED = """
def work(n):
    _tel_func = _tel.func_entry('work', 'n')
    _tel.attr(_tel_func, 'n', n)
    try:
        return _tel.func_exit(_tel_func, (n))
    except BaseException as _tel_exc:
        _tel.func_error(_tel_func, _tel_exc)
        raise
"""


def test_a_handler_that_raises_meanwhile_loses_no_call(run):
    recorded = run(
        INSTRUMENTED
        + """
import signal, time
class Timeout(Exception):
    pass
def handler(*_):
    raise Timeout
signal.signal(signal.SIGALRM, handler)
hits, end = 0, time.monotonic() + 1
while time.monotonic() < end:
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.00005 + 0.000001 * (hits % 50))
        while True:
            work(1)
    except Timeout:
        hits += 1
print(hits)
"""
    )
    hits = int(recorded.out)
    assert hits > 50
    assert recorded.open() <= hits * 0.08


def test_the_recursion_limit_leaves_no_call_open(run):
    recorded = run(
        """
        def deep(n):
            _tel_func = _tel.func_entry('deep', 'n')
            _tel.attr(_tel_func, 'n', n)
            try:
                return _tel.func_exit(_tel_func, (deep(n + 1)))
            except BaseException as _tel_exc:
                _tel.func_error(_tel_func, _tel_exc)
                raise
        try:
            deep(0)
        except RecursionError:
            print('deep enough')
        """
    )
    assert recorded.out == "deep enough\n" and recorded.open() == 0


def test_sets_attributes_of_spans(run, folder):
    (folder / "opentelemetry").mkdir()
    (folder / "opentelemetry" / "__init__.py").write_text("")
    (folder / "opentelemetry" / "trace.py").write_text(TRACE)
    run(
        """
        token = _tel.func_entry('f', 'a, b, c')
        _tel.attr(token, 'order.id', 7)
        _tel.attr(token, 'b', 'x' * 300)
        _tel.attr(token, 'c', [1])
        _tel.func_exit(token, None)
        _tel.attr(token, 'late', 7)
        from opentelemetry import trace
        (span,) = trace.SPANS
        assert span.attributes['order.id'] == 7
        assert span.attributes['b'] == 'x' * 200
        assert span.attributes['c.type'] == 'list' and 'c' not in span.attributes
        assert 'late' not in span.attributes and span.ended == 1
        """,
        exporter="otel",
    )


def test_does_nothing_while_nothing_is_recorded(run):
    for exporter in ("none", "otel"):
        run(
            "_tel.attr(_tel.func_entry('f', 'a'), 'a', 1)",
            exporter=exporter,
            args=["-S", "program.py"],
        )
