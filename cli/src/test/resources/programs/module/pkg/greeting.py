def greet(name, *, loud=False):
    text = f"hello, {name}"
    if loud:
        return text.upper()
    return text
