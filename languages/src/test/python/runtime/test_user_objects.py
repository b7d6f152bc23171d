# SPDX-License-Identifier: Apache-2.0
"""The program's objects are handed through, never used."""

HOSTILE = """
def refuse(*args, **kwargs):
    raise AssertionError('used')

NAMES = '''__repr__ __str__ __bytes__ __format__ __lt__ __le__ __eq__ __ne__ __gt__ __ge__ __hash__
__bool__ __len__ __iter__ __next__ __contains__ __getitem__ __index__ __int__ __float__ __call__
__getattribute__ __getattr__ __setattr__ __delattr__ __dir__ __get__ __set__ __reduce__
__instancecheck__ __subclasscheck__ __enter__ __exit__ __await__ __add__ __copy__'''.split()

methods = dict.fromkeys(NAMES, refuse)
Meta = type('Meta', (type,), {
    **methods,
    'mro': type.mro,
    '__module__': property(refuse),
    '__class__': property(refuse),
})
class Name(str):
    pass
Hostile = type.__call__(Meta, 'Hostile', (), {**methods, '__class__': property(refuse)})
HostileError = type.__call__(Meta, 'HostileError', (Exception,), {**methods, '__class__': property(refuse)})
value = object.__new__(Hostile)
error = Exception.__new__(HostileError)
for use in (repr, bool, len, hash, iter, lambda v: v == v, lambda v: v.name, lambda v: v.__class__):
    try:
        use(value)
    except AssertionError:
        pass
    else:
        raise SystemExit('the control does not bite')
try:
    Hostile.__qualname__
except AssertionError:
    pass
else:
    raise SystemExit('the control does not bite')
"""


def test_touches_no_value(run):
    for exporter in ("none", "jsonl"):
        recorded = run(HOSTILE + "assert call(lambda: value) is value", exporter=exporter)
    assert recorded.of("exit")[0]["value_type"] == "Hostile"


def test_touches_no_exception(run):
    recorded = run(
        HOSTILE
        + """
token = _tel.func_entry('f', '')
_tel.func_error(token, error)
"""
    )
    assert recorded.of("error")[0]["error_type"] == "HostileError"
    assert recorded.of("error")[0]["control_flow"] is False


def test_takes_a_name_that_is_a_string_of_the_programs_own_kind(run):
    recorded = run(
        """
        def refuse(*args):
            raise AssertionError('used')
        Name = type('Name', (str,), dict.fromkeys(
            ('__str__', '__eq__', '__hash__', '__format__', 'translate', 'encode'), refuse))
        class Value:
            pass
        Value.__qualname__ = Name('Odd')
        call(Value)
        """
    )
    assert recorded.of("exit")[0]["value_type"] == "Odd"


def test_keeps_nothing_alive(run):
    run(
        """
        import gc, weakref
        class Value:
            pass
        class Error(Exception):
            pass
        def fail():
            raise Error
        gone = weakref.ref(call(Value))
        assert gone() is None
        try:
            call(fail)
        except Error as error:
            gone = weakref.ref(error)
        gc.collect()
        assert gone() is None
        types = weakref.ref(Value), weakref.ref(Error)
        del Value, Error, fail
        gc.collect()
        assert types[0]() is None and types[1]() is None
        """
    )


def test_serves_a_program_that_replaces_builtins(run):
    recorded = run(
        """
        import builtins
        def refuse(*args, **kwargs):
            raise AssertionError('used')
        saved = dict(vars(builtins))
        for name in ('type', 'str', 'map', 'len', 'next', 'issubclass', 'isinstance', 'dict', 'OSError'):
            setattr(builtins, name, refuse)
        try:
            call(divmod, 3, 2)
        finally:
            vars(builtins).update(saved)
        """
    )
    assert recorded.of("exit")[0]["value_type"] == "tuple"


def test_serves_a_module_whose_name_is_no_string(run):
    recorded = run(
        """
        class Name:
            __hash__ = None
        scope = {'__name__': Name(), '_tel': _tel}
        exec("def f(): return _tel.func_entry('f', '')", scope)
        scope['f']()
        class Scope(dict):
            def get(self, *args): raise AssertionError('used')
        scope = Scope(__name__='mod', _tel=_tel)
        exec("def f(): return _tel.func_entry('f', '')", scope)
        dict.__getitem__(scope, 'f')()
        """
    )
    assert [e["function"] for e in recorded.of("entry")] == ["?:f", "mod:f"]
