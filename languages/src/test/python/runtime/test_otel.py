# SPDX-License-Identifier: Apache-2.0
"""Spans, against a stand-in for the OpenTelemetry API."""

import pytest

TRACE = '''
import collections
SPANS = []
CURRENT = []
on_start = lambda: None
StatusCode = collections.namedtuple('StatusCode', 'ERROR')('error')
Status = collections.namedtuple('Status', 'status_code')

class Span:
    def __init__(self, name, attributes):
        self.name, self.attributes, self.ended, self.status = name, dict(attributes), 0, None
    def set_attribute(self, name, value):
        assert not self.ended
        self.attributes[name] = value
    def set_status(self, status):
        self.status = status.status_code
    def end(self):
        on_start()
        self.ended += 1

class Tracer:
    def start_span(self, name, attributes=None):
        on_start()
        SPANS.append(Span(name, attributes))
        return SPANS[-1]
    def start_as_current_span(self, *args, **kwargs):
        CURRENT.append(args)
        raise AssertionError('made current')

def get_tracer(name):
    return Tracer()
def use_span(*args, **kwargs):
    CURRENT.append(args)
'''


@pytest.fixture
def api(folder):
    (folder / "opentelemetry").mkdir()
    (folder / "opentelemetry" / "__init__.py").write_text("")
    (folder / "opentelemetry" / "trace.py").write_text(TRACE)


@pytest.mark.usefixtures("api")
def test_makes_a_span_of_each_call(run):
    run(
        """
        import sys
        assert 'opentelemetry' not in sys.modules, 'not lazy'
        call(len, 'four')
        try:
            call(len, 4)
        except TypeError:
            pass
        from opentelemetry import trace
        good, bad = trace.SPANS
        assert good.name == bad.name == 'call'
        assert good.ended == bad.ended == 1
        assert good.status is None and bad.status == 'error'
        assert good.attributes['code.function.name'] == 'program:call', good.attributes
        assert good.attributes['telemetry.params'] == 'f, args'
        assert good.attributes['telemetry.run'] == 'r1'
        assert good.attributes['telemetry.value_type'] == 'int'
        assert bad.attributes['error.type'] == 'TypeError'
        assert not trace.CURRENT
        """,
        exporter="otel",
        TELEMETRY_RUN="r1",
    )


@pytest.mark.usefixtures("api")
def test_control_flow_is_no_failure_and_later_completions_are_superseded(run):
    run(
        """
        from opentelemetry import trace
        token = _tel.func_entry('f', '')
        _tel.func_error(token, GeneratorExit())
        _tel.func_exit(token, 1)
        first, later = trace.SPANS
        assert first.status is None and first.attributes['telemetry.control_flow'] is True
        assert first.ended == later.ended == 1
        assert later.attributes['telemetry.superseded'] is True
        assert 'telemetry.superseded' not in first.attributes
        """,
        exporter="otel",
    )


@pytest.mark.usefixtures("api")
def test_what_the_api_itself_calls_is_not_recorded(run):
    run(
        """
        from opentelemetry import trace
        calls = []
        def inside():
            calls.append(1)
            call(len, '')
        trace.on_start = inside
        call(len, '')
        assert len(trace.SPANS) == 1 and len(calls) == 2
        trace.on_start = lambda: None
        call(len, '')
        assert len(trace.SPANS) == 2
        """,
        exporter="otel",
    )


@pytest.mark.usefixtures("api")
def test_records_again_after_the_api_was_interrupted(run):
    run(
        """
        from opentelemetry import trace
        def interrupted():
            raise KeyboardInterrupt
        call(len, '')
        trace.on_start = interrupted
        try:
            call(len, '')
        except KeyboardInterrupt:
            pass
        trace.on_start = lambda: None
        before = len(trace.SPANS)
        call(len, '')
        assert len(trace.SPANS) == before + 1
        """,
        exporter="otel",
    )


def test_waits_until_no_import_is_under_way(run, folder, api):
    """The API imports much of the standard library, which may itself be instrumented."""
    (folder / "opentelemetry" / "trace.py").write_text("import early\nassert early.done\n" + TRACE)
    (folder / "early.py").write_text(
        "from _telemetry_utils import tel as _tel\n"
        "_tel.func_exit(_tel.func_entry('f', ''), 1)\n"
        "done = True\n"
    )
    recorded = run(
        """
        import early
        call(len, '')
        from opentelemetry import trace
        assert [span.name for span in trace.SPANS] == ['call']
        """,
        exporter="otel",
    )
    assert not recorded.err


def test_records_nothing_and_says_so_once_without_the_api(run):
    recorded = run(
        """
        assert [call(len, 'four') for _ in range(3)] == [4] * 3
        """,
        exporter="otel",
        args=["-S", "program.py"],
    )
    assert recorded.err.count("\n") == 1 and "opentelemetry" in recorded.err
