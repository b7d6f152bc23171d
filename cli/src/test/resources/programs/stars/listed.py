__all__ = ["_odd"]


def _odd():
    return "odd"


def left_out():
    return None
