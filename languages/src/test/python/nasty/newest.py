"""Syntax of 3.10 to 3.14: a Python that cannot parse it passes the file over."""


def soft[T: (int, str) = int, *Ts = *tuple[int], **P](match: T, *args: *Ts) -> T:
    match match:
        case {"a": case, **rest} if case: return case
        case [1, 2, *_] | (3 as x): return (
            x)
        case str(): pass
        case _:
            match (case):
                case match.case: return
            return
    type X[A] = list[A]


class Box[T = lambda: 1]:
    def get[U](self, key: U, /) -> T: return f"{self[f"{key["a"]}"]!r:{"<"}{10}}"


def groups(x):
    try: return x
    except* ValueError: x()
    except* (TypeError, OSError) as e: x()


def parenthesised(x):
    with (x as y, x(lambda: (y, x)) as z,): return y


def nested(x):
    return f'{x # }
        }' f"{"\n".join(x)}"
