"""Canonical JSON (RFC 8785) of typed records: each has one spelling, and no other is read.

A record is decoded strictly and must encode to the very bytes it was read from. That one
comparison refuses floats, duplicate keys, other spellings of a number and stray space at once.
"""

import re
from typing import TypeVar

import msgspec

_ENCODER = msgspec.json.Encoder(order="sorted")

# An escape of it is one after an even number of backslashes.
_NOUGHT = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

_Read = TypeVar("_Read")


def canonical(value: object) -> bytes:
    """Encode a record, or a tree of dict, list, str and int."""
    return _ENCODER.encode(value)


def holds_nought(content: bytes) -> bool:
    """Tell whether a text in it has the character nought, which no text of PostgreSQL's can."""
    return rb"\u0000" in content and _NOUGHT.search(content) is not None


def read_canonical(content: bytes, decoder: msgspec.json.Decoder[_Read]) -> _Read:
    """Return what a decoder reads from bytes that are its spelling. Raises `ValueError` else."""
    try:
        found = decoder.decode(content)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if canonical(found) != content:
        raise ValueError("not canonical")
    return found
