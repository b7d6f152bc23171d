"""What went wrong in untrusted code, in one line for a person."""
import traceback

LONGEST = 300


def describe(error, file_name=None):
    """Type and message; for an error raised in file_name also the line there."""
    try:
        if isinstance(error, SyntaxError):
            text, line = error.msg, error.lineno
        else:
            text, line = str(error), _line_in(error, file_name)
    except BaseException:  # pylint: disable=broad-exception-caught
        text, line = "", None
    text = type(error).__name__ + (": " + str(text) if text else "")
    if line:
        text = f"{text[: LONGEST - 20]} (line {line})"
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _line_in(error, file_name):
    if file_name is None:
        return None
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == file_name
    ]
    return lines[-1] if lines else None
