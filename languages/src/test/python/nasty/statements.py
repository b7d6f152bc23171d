"""Statements that a scanner gets wrong easily."""; import os; FIRST = 1
from typing import Any, overload

class match: case = 1
class type(match): pass; x = 1; y: int = 2

match.case = match.x = [1, 2, 3][match.case:2]


def soft(match, case, type=lambda a, b=1, *c: (a, b), *, _: "lambda: x" = lambda: (yield)) -> lambda a, b: {a: b}:
    match = case
    case: int = match[1:2]
    match, case = case, match
    type = type(match, case)
    match(case)
    match[case:]
    match . x = 1
    print(match, case)


async  def spaced( a , /,b:int=1,*args:Any , c , d = {1:2}[1] ,** kwargs:dict[str,int] )->None :return


def endings(x):
    if x:
        return x, \
            1 ; x = 2 ;
    elif (yield): return(
        x) # comment
    else: return[x
        for x in x]; 
    for y in x:
        if y: break
    else:
        while 1:
            try: break
            finally: pass
    with x as y, (yield) as z: return;
    try: return"string"
    except (ValueError, lambda: (yield)): return -x
    except if_x if x else x: return
    finally: return not x


def loops(x):
    while True:
        for y in x:
            break
        else:
            continue
        while 0:
            def inner():
                while 1: break
            class Inner:
                while 1: break


def endless_by(x):
    while (((  1 ))): x()


def endless_not(x):
    while 0b0_0 or 0: x()


def zero(x):
    while 0.0e10: x()


def text(x):
    while "" "" 'a': x()


def ellipsis(x):
    while ...: x()
    else: x()


def broken(x):
    while True:
        if x:
            with x:
                try: x()
                except E: x()
                else: break


def broken_by_else(x):
    while 1:
        for y in x: pass
        else: break


def yields_in_headers(x):
    def inner(a=(yield), *, b: int = (yield 1)): return a
    @inner((yield))
    class Inner((yield)):
        def method(self): return (yield)
    return lambda a=(yield): [a, lambda: (yield)]


def no_yields(x):
    def inner(): yield
    class Inner:
        def method(self): yield
    return lambda: (yield), [lambda: (yield) for x in x], {1: lambda: (yield)}


def yields_behind_lambda(x):
    return {1: lambda a: a, 2: (yield)}, [lambda: 1, (yield)]


def yields_behind_lambda_in_slice(x):
    return x[lambda: 1:(yield)]


def yields_in_lambda_condition(x):
    return [y for y in (lambda: (yield 1) if (yield 2) else (yield 3))]


def yields_in_field(x):
    return f"{(yield)}" if x else f'{x!r:>{(yield)}}'


def no_yield_in_field(x):
    return f"{{yield}} yield" 'yield' rf"\{(lambda: (yield))}"


def declares():
    global declared, Declared
    def declared():
        def within(): pass
    class Declared:
        def method(self): pass
        global reached
        def reached(self): pass
        class Within:
            def method(self): pass
    async def not_declared():
        def declared(): pass
    if x:
        global late
    def late(): pass


class Mangled:
    def __private(self, __x): return __x
    class __Inner:
        def __private(self): return lambda: 1


@  property
def decorated_with_blanks(): return 1
@(lambda f: f)
@ os . path \
  . join(1,
    2)   # comment

# between

@x
def decorated_oddly(): return 1


def documented(): "doc"; return 1


def documented_twice():
    "doc" 'umentation' r"""
    over lines"""; 'no doc'; return """
    string"""


def documented_in_parentheses():
    (("doc"
      "umentation"))  ; return 1


def not_documented(): b"doc"; return 1


def not_documented_either():
    "doc" f"{1}"
    return 1


def not_documented_at_all():
    "doc" % 1; return 1


def unary_documented():
    ("doc",)
    return 1


def only_documented(): """doc
    string"""


def é(ａ, º): return ａ


def stub(): ...; pass


def stub_not(): ...; ...; 1


@overload
def overloaded(): return 1


def continued(x): \
    return x


def continued_end(x):
    x = 1 \

def continued_header \
        (x) \
        : # comment
    # comment

    \
    return x


if 1:
  def two(): return 1 # two
  async def two_async(): # comment
     # comment
        x = 1
     # comment
        return (
# comment
x
    )
# comment
      # comment
else:
	def tab(x):
		if x:
			return 1
		return '\
'
try:
	def tab(x):
        	return x
finally: pass
lambda: (yield)
def last(x):
    return x  # no line break behind