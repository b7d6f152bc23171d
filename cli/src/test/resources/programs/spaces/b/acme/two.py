from acme.one import one


def two():
    return one() + 1
