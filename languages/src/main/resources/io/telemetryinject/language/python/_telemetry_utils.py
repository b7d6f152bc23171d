# SPDX-License-Identifier: Apache-2.0
# telemetry-inject runtime: instrumented code imports this file, and every run writes it anew.
"""Records what instrumented functions do: each call's entry, and how it ended.

Settings are read from the process's environment, once, when this file is first imported:

TELEMETRY_EXPORTER  none (default) | jsonl | otel
TELEMETRY_FILE      where jsonl appends to; standard error without it
TELEMETRY_RUN       the run that the code was instrumented in; without it, RUN_ID below
TELEMETRY_SCRIPTS   a table of function ids and script keys; without it, _telemetry_scripts.tsv
                    beside this file, if there is one. A line is: function id, tab, script key.

An event of jsonl is one line, written at once: event (entry, attr, exit, error, superseded), run,
script, function (module:qualified name), time_ns (since 1970), pid, thread, token; on entry params;
on attr name, and value (cut: true where only the start of a long string) or value_type; later
duration_ns, and value_type or error_type with control_flow. A token completes once, in the
process that it was made in; what completes it again is superseded. So entries are exits, errors,
and calls that are still open. A span of otel has an attribute NAME, or NAME.type.

This file imports nothing that is written in Python, so that even an instrumented standard library
can use it, and it touches no object of the program: it looks at types only, past metaclasses.
Values are recorded by attr alone, and only those of exactly the types bool, int, float and str.
"""

# mypy: ignore-errors
# pylint: disable=invalid-name,global-statement,unidiomatic-typecheck,unused-argument
import atexit as _atexit
import itertools as _itertools
import sys as _sys
import time as _time
from _thread import get_ident as _thread_id

try:
    import posix as _os
except ImportError:  # Windows
    import nt as _os  # type: ignore

TYPE_CHECKING = False
if TYPE_CHECKING:  # only type checkers come here: typing is written in Python
    from typing import Any, Dict, List, Optional, Tuple, TypeVar, Union

    import _telemetry_utils as tel

    T = TypeVar("T")
    Scalar = Union[bool, int, float, str]
    Token = Optional[List[Any]]
else:
    tel = _sys.modules.get(__name__)
    if tel is None:  # loaded by hand, under no name
        tel = type(_sys)(__name__)

__all__ = ["tel", "func_entry", "attr", "func_exit", "func_error"]

RUN_ID = ""

# Bound now: the program may replace builtins, and modules are emptied when the interpreter ends.
_type, _str, _dict_get, _map, _len, _next = type, str, dict.get, map, len, next
_issubclass, _os_error, _import_error = issubclass, OSError, ImportError
_base_exception = BaseException
_bool, _int, _float, _int_text, _float_text = bool, int, float, int.__repr__, float.__repr__
_qualname_of = type.__dict__["__qualname__"].__get__
_module_of = type.__dict__["__module__"].__get__
_mro_of = type.__dict__["__mro__"].__get__
_frame = _sys._getframe  # pylint: disable=protected-access
_getpid, _write, _fstat, _dup2 = _os.getpid, _os.write, _os.fstat, _os.dup2
_open_file, _close_file = _os.open, _os.close
_wall_ns, _clock_ns = _time.time_ns, _time.perf_counter_ns

_LONGEST, _GREATEST, _INFINITE = 200, 2**63 - 1, float("inf")
_CONTROL_FLOW = (GeneratorExit, StopIteration, SystemExit)
_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}
_ESCAPES.update({ord('"'): '\\"', ord("\\"): "\\\\"})


@_atexit.register
def _outlive_modules() -> None:
    """Leave sys.modules: the interpreter empties what it finds there before the last calls."""
    if _sys.modules.get(__name__) is tel:
        del _sys.modules[__name__]


def _setting(name: str) -> str:
    """Read the environment as the process got it; os may be instrumented, or not yet there."""
    value = _os.environ.get(name.encode()) or _os.environ.get(name, "")
    return value.decode("utf-8", "surrogateescape") if _type(value) is bytes else value


def _warn(text: str) -> None:
    try:
        _write(2, f"telemetry: {text}\n".encode("utf-8", "backslashreplace"))
    except _os_error:
        pass


def _quoted(text: str) -> str:
    """Write a string as JSON; a lone surrogate becomes an escape when it is encoded."""
    return f'"{text.translate(_ESCAPES)}"'


def _type_name(kind: type) -> str:
    """Return a type's qualified name, without running a line of its metaclass."""
    name = _qualname_of(kind)
    return name if _type(name) is _str else _str.__str__(name)


def _is_scalar(value: "Any") -> bool:
    """Tell values of exactly a built-in type that any reader can take, from everything else."""
    kind = _type(value)
    if kind is _int:
        return -_GREATEST <= value <= _GREATEST
    if kind is _float:
        return -_INFINITE < value < _INFINITE
    return kind is _str or kind is _bool


def _is_control_flow(kind: type) -> bool:
    """Tell exceptions that steer a program from those that say something went wrong."""
    if _issubclass(kind, _CONTROL_FLOW):
        return True
    for base in _mro_of(kind):  # asyncio is written in Python, so its class is known by name
        name, module = _qualname_of(base), _module_of(base)
        if _type(name) is _str is _type(module):
            if name == "CancelledError" and module == "asyncio.exceptions":
                return True
    return False


_EXPORTER = _setting("TELEMETRY_EXPORTER") or "none"
_RUN = _setting("TELEMETRY_RUN") or RUN_ID


def _read_scripts() -> "Dict[str, str]":
    """Read the table of script keys; it is optional, and so is each of its lines."""
    beside = globals().get("__file__", "").rpartition("_telemetry_utils")[0]
    path = _setting("TELEMETRY_SCRIPTS") or beside + "_telemetry_scripts.tsv"
    content = b""
    try:
        descriptor = _os.open(path, _os.O_RDONLY)
        try:
            while chunk := _os.read(descriptor, 1 << 20):
                content += chunk
        finally:
            _os.close(descriptor)
    except _os_error:
        return {}
    rows = (row.split("\t") for row in content.decode("utf-8", "replace").splitlines())
    return {row[0]: row[1] for row in rows if _len(row) == 2}


_scripts = {} if _EXPORTER == "none" else _read_scripts()


def _function_id(name: str, module: str, file: str) -> str:
    """Say which function it is: the file's name stands in for the module that runs as program."""
    if module == "__main__" and _type(file) is _str:
        folder, _, stem = file.replace("\\", "/").rpartition("/")
        stem = stem.rpartition(".")[0] or stem
        module = f"{folder.rpartition('/')[2]}.{stem}" if stem == "__main__" else stem
    return f"{module}:{name}"


if _EXPORTER == "jsonl":
    # A token is [what every event of the call says, id, process, start, bytes written per event…].
    _ENTERED, _numbers = 5, _itertools.count(1)
    _prefixes: "Dict[Tuple[str, str, str], Tuple[str, str]]" = {}
    _seed = f"{_wall_ns():x}"
    _path = _setting("TELEMETRY_FILE")
    if _path and not _path.startswith(("/", "\\")) and _path[1:2] != ":":
        _path = f"{_os.getcwd()}/{_path}"  # the program may go elsewhere

    _flags = _os.O_WRONLY | _os.O_APPEND | _os.O_CREAT
    for _flag in ("O_CLOEXEC", "O_NOINHERIT", "O_BINARY"):
        _flags |= getattr(_os, _flag, 0)

    def _open() -> int:
        """Open the file, on a high descriptor: a program that closes ours won't reuse it soon."""
        if not _path:
            return 2
        low = _open_file(_path.encode("utf-8", "surrogateescape"), _flags, 0o666)
        for high in (1003, 503, 243):
            try:
                _fstat(high)
            except _os_error:  # nobody has it
                try:
                    _dup2(low, high, False)
                except _os_error:  # above the limit
                    continue
                _close_file(low)
                return high
        return low

    try:
        _descriptors = (_open(),)
    except _os_error as _problem:
        _descriptors = (-1,)
        _warn(f"cannot write {_path}: {_problem.strerror}; this process records nothing")

    def _after_fork() -> None:
        global _seed
        _seed = f"{_wall_ns():x}"

    if hasattr(_os, "register_at_fork"):
        _os.register_at_fork(after_in_child=_after_fork)

    def _prefix(key: "Tuple[str, str, str]", file: str) -> "Tuple[str, str]":
        """Make what all events of a function say, and what its entries say besides."""
        name, params, module = key
        function = _function_id(name, module, file)
        same = f'"run":{_quoted(_RUN)},"script":{_quoted(_scripts.get(function, ""))}'
        same += f',"function":{_quoted(function)}'
        _prefixes[key] = same, f'{same},"params":{_quoted(params)}'
        return _prefixes[key]

    def _emit(token: "List[Any]", line: str) -> None:
        # Written and noted in the token by one call into C: no signal's handler comes between.
        data = line.encode("utf-8", "backslashreplace")
        try:
            token.extend(_map(_write, _descriptors, (data,)))
            if token[-1] != _len(data):
                _write_rest(data[token[-1] :])
        except _os_error as problem:
            _recover(token, data, problem.errno)

    def _write_rest(data: bytes) -> None:
        while data:
            data = data[_write(_descriptors[0], data) :]

    def _recover(token: "List[Any]", data: bytes, errno: "Any") -> None:
        """Open the file again where the program has closed it; else the event is lost."""
        global _descriptors
        stage = _len(token)
        try:
            if errno == 9 and _path and _descriptors[0] >= 0:  # EBADF
                _descriptors = (_open(),)
                token.extend(_map(_write, _descriptors, (data,)))
        except _os_error:
            pass
        if _len(token) == stage:
            token.append(0)

    def func_entry(name: str, params: str) -> "Token":
        """Record that a function starts; the answer stands for this call."""
        caller = _frame(1)
        module = _dict_get(caller.f_globals, "__name__")
        key = name, params, module if _type(module) is _str else "?"
        prefix = _prefixes.get(key) or _prefix(key, caller.f_code.co_filename)
        del caller
        pid = _getpid()
        call = f'"{pid}-{_seed}-{_next(_numbers)}"'
        token = [prefix[0], call, pid, _clock_ns()]
        line = f'{{"event":"entry",{prefix[1]},"time_ns":{_wall_ns()},"pid":{pid}'
        try:
            _emit(token, f'{line},"thread":{_thread_id()},"token":{call}}}\n')
        except _base_exception as exc:  # a signal's handler raised; the program's try comes later
            if _len(token) == _ENTERED:
                func_error(token, exc)
            raise
        return token

    def _value(value: "Any") -> str:
        """Write what an event says of a parameter's value."""
        kind = _type(value)
        if not _is_scalar(value):
            return f'"value_type":{_quoted(_type_name(kind))}'
        if kind is _str:
            cut = ',"cut":true' if _len(value) > _LONGEST else ""
            return f'"value":{_quoted(value[:_LONGEST])}{cut}'
        if kind is _bool:
            return '"value":true' if value else '"value":false'
        return f'"value":{(_int_text if kind is _int else _float_text)(value)}'

    def attr(token: "Token", name: str, value: "Any") -> None:
        """Record what a call got for a parameter, as part of its entry."""
        try:
            line = f'{{"event":"attr",{token[0]},"time_ns":{_wall_ns()},"pid":{_getpid()}'
            line += f',"thread":{_thread_id()},"token":{token[1]},"name":{_quoted(name)}'
            _emit([], f"{line},{_value(value)}}}\n")
        except _base_exception as exc:  # as in func_entry: the program's try comes later
            if _len(token) == _ENTERED:
                func_error(token, exc)
            raise

    def func_exit(token: "Token", value: "T") -> "T":
        """Record that a call returns a value, and hand the value through."""
        duration, pid = _clock_ns() - token[3], _getpid()
        first = _len(token) == _ENTERED and token[2] == pid
        event = '"exit"' if first else '"superseded","by":"exit"'
        line = f'{{"event":{event},{token[0]},"time_ns":{_wall_ns()},"pid":{pid}'
        line += f',"thread":{_thread_id()},"token":{token[1]},"duration_ns":{duration}'
        _emit(token, f'{line},"value_type":{_quoted(_type_name(_type(value)))}}}\n')
        return value

    def func_error(token: "Token", exc: BaseException) -> None:
        """Record that a call ends in an exception."""
        duration, pid = _clock_ns() - token[3], _getpid()
        first = _len(token) == _ENTERED and token[2] == pid
        event = '"error"' if first else '"superseded","by":"error"'
        line = f'{{"event":{event},{token[0]},"time_ns":{_wall_ns()},"pid":{pid}'
        line += f',"thread":{_thread_id()},"token":{token[1]},"duration_ns":{duration}'
        control = "true" if _is_control_flow(_type(exc)) else "false"
        line += f',"error_type":{_quoted(_type_name(_type(exc)))},"control_flow":{control}'
        _emit(token, line + "}\n")

elif _EXPORTER == "otel":
    # A token is [open span, name, attributes], or None while nothing is recorded.
    _tracer: "Any" = None
    _failure: "Any" = None
    _loading, _busy = False, set()

    def _is_importing() -> bool:
        """Tell whether this thread is in the middle of an import: not the time for another."""
        frame = _frame(2)
        while frame is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return True
            frame = frame.f_back
        return False

    def _load() -> bool:
        """Find the OpenTelemetry API, once; tell whether it is there."""
        global _tracer, _failure, _loading
        if _is_importing():
            return False
        _loading = True
        try:
            from opentelemetry import trace
        except _import_error:
            _warn("opentelemetry is not installed; this process records nothing")
            return False
        except _base_exception:
            _loading = False
            raise
        _failure = trace.Status(trace.StatusCode.ERROR)
        _tracer = trace.get_tracer("telemetry-inject")
        return True

    @_atexit.register
    def _stop() -> None:
        """Record nothing more: the API's own modules are about to be emptied."""
        global _tracer, _loading
        _tracer, _loading = None, True

    def _start(name: str, attributes: "Dict[str, str]") -> "Any":
        """Start a span, never made current; what the API itself calls is not recorded."""
        thread = _thread_id()
        if _tracer is None or thread in _busy:
            return None
        try:
            _busy.add(thread)
            return _tracer.start_span(name, attributes=attributes)
        finally:
            _busy.discard(thread)

    def func_entry(name: str, params: str) -> "Token":
        """Record that a function starts; the answer stands for this call."""
        if _tracer is None and (_loading or not _load()):
            return None
        caller = _frame(1)
        module = _dict_get(caller.f_globals, "__name__")
        module = module if _type(module) is _str else "?"
        function = _function_id(name, module, caller.f_code.co_filename)
        del caller
        attributes = {
            "code.function.name": function,
            "telemetry.params": params,
            "telemetry.run": _RUN,
            "telemetry.script": _scripts.get(function, ""),
        }
        span = _start(name, attributes)
        return None if span is None else [span, name, attributes]

    def attr(token: "Token", name: str, value: "Any") -> None:
        """Record what a call got for a parameter, as part of its entry."""
        thread = _thread_id()
        if token is None or token[0] is None or thread in _busy or _tracer is None:
            return
        try:
            _busy.add(thread)
            if not _is_scalar(value):
                token[0].set_attribute(name + ".type", _type_name(_type(value)))
            else:
                token[0].set_attribute(name, value[:_LONGEST] if _type(value) is _str else value)
        except _base_exception as exc:  # a signal's handler raised; the program's try comes later
            _busy.discard(thread)
            func_error(token, exc)
            raise
        finally:
            _busy.discard(thread)

    def _end(token: "List[Any]", attributes: "Dict[str, Any]", failed: bool) -> None:
        thread, span = _thread_id(), token[0]
        if span is None:
            span = _start(token[1], {**token[2], "telemetry.superseded": True})
        if span is None or thread in _busy or _tracer is None:
            return
        token[0] = None
        try:
            _busy.add(thread)
            for attribute in attributes.items():
                span.set_attribute(*attribute)
            if failed:
                span.set_status(_failure)
            span.end()
        finally:
            _busy.discard(thread)

    def func_exit(token: "Token", value: "T") -> "T":
        """Record that a call returns a value, and hand the value through."""
        if token is not None:
            _end(token, {"telemetry.value_type": _type_name(_type(value))}, False)
        return value

    def func_error(token: "Token", exc: BaseException) -> None:
        """Record that a call ends in an exception."""
        if token is None:
            return
        control = _is_control_flow(_type(exc))
        names = {"error.type": _type_name(_type(exc)), "telemetry.control_flow": control}
        _end(token, names, not control)

else:
    if _EXPORTER != "none":
        _warn(f"no exporter {_EXPORTER}; this process records nothing")

    def func_entry(name: str, params: str) -> "Token":
        """Record nothing."""

    def attr(token: "Token", name: str, value: "Any") -> None:
        """Record nothing."""

    def func_exit(token: "Token", value: "T") -> "T":
        """Record nothing, and hand the value through."""
        return value

    def func_error(token: "Token", exc: BaseException) -> None:
        """Record nothing."""


if _sys.modules.get(__name__) is not tel:
    tel.__dict__.update(globals())
