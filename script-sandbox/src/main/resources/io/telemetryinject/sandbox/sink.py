"""Standard streams for untrusted code: what it prints is gone, what it reads is empty."""
import io
import sys


class Sink(io.TextIOBase):
    encoding = "utf-8"
    errors = "replace"

    def writable(self):
        return True

    def write(self, text):
        return len(text)


def redirect_output():
    sys.stdin = io.StringIO()
    sys.stdout = sys.__stdout__ = Sink()


def redirect_all():
    redirect_output()
    sys.stderr = sys.__stderr__ = Sink()
