"""What scripts may import, loaded before the doors close: no file can be opened afterwards."""
import importlib

ALLOWED_IMPORTS = (
    "__future__ abc argparse ast bisect collections collections.abc contextlib copy dataclasses "
    "difflib enum functools heapq io itertools json keyword math operator pathlib re string sys "
    "textwrap token tokenize types typing unicodedata"
).split()

# Encodings that source files declare; the others cannot be compiled, and are reported so.
_ENCODINGS = (
    "ascii utf_8 utf_8_sig utf_16 utf_32 latin_1 iso8859_1 iso8859_2 iso8859_3 iso8859_4 iso8859_5 "
    "iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_11 iso8859_13 iso8859_14 "
    "iso8859_15 iso8859_16 cp437 cp850 cp852 cp866 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 "
    "cp1256 cp1257 cp1258 koi8_r koi8_u mac_roman shift_jis cp932 euc_jp iso2022_jp gb2312 gbk "
    "gb18030 big5 cp949 euc_kr idna raw_unicode_escape unicode_escape"
).split()


def scripting(more=""):
    """Everything a script may import; more, comma-separated, for tests of the lock alone."""
    for name in ALLOWED_IMPORTS + [name for name in more.split(",") if name]:
        importlib.import_module(name)


def encodings():
    """Everything a source file's coding cookie may reasonably name."""
    for name in _ENCODINGS:
        "".encode(name)
