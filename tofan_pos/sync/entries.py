"""Journal entries as they are written: canonical JSON of strict, typed records."""

from typing import Any

import msgspec
from msgspec import Struct

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.sync.canonical import canonical, holds_nought, read_canonical
from tofan_pos.sync.kinds import ENTRY_OF, Body, Known
from tofan_pos.sync.record import LARGEST, Name

SCHEMA = 1
LONGEST_LINE = 64 * 1024
DEEPEST = 8

KINDS = frozenset(str(entry.__struct_config__.tag) for entry in ENTRY_OF.values())
"""The kinds of entry this program knows."""


class Opaque(Struct, frozen=True):
    """An entry of a kind, or a schema, this program does not know: kept as it is, and counted."""

    at: str
    epoch: int
    kind: Name
    seq: int
    till: str
    v: int


_TREE = msgspec.json.Decoder()
_KNOWN: msgspec.json.Decoder[Known] = msgspec.json.Decoder(Known)


def kind_of(entry: Body | Known | Opaque) -> str:
    """Return the kind that an entry, or the entry a body makes, is written under."""
    if isinstance(entry, Opaque):
        return entry.kind
    known = ENTRY_OF.get(type(entry), type(entry))  # type: ignore[arg-type]
    return str(known.__struct_config__.tag)


def entry_line(body: Body, *, till: str, epoch: int, seq: int, at: str) -> bytes:
    """Write an entry as its line, without the line break.

    Raises `Refusal(ENTRY_TOO_LARGE | ENTRY_MALFORMED)` for a line no head office would accept.
    """
    entry = ENTRY_OF[type(body)](
        at=at,
        body=body,  # type: ignore[arg-type]  # the table above pairs each body with its entry
        epoch=epoch,
        seq=seq,
        till=till,
        v=SCHEMA,
    )
    line = canonical(entry)
    if len(line) > LONGEST_LINE:
        raise Refusal(Why.ENTRY_TOO_LARGE, most=LONGEST_LINE)
    if holds_nought(line):
        raise Refusal(Why.ENTRY_MALFORMED)
    return line


def read_entry(line: bytes) -> Known | Opaque:
    """Read one line. Raises `Refusal(ENTRY_MALFORMED)` for all that is not canonical."""
    if holds_nought(line):
        raise Refusal(Why.ENTRY_MALFORMED)
    try:
        entry = read_canonical(line, _KNOWN)
    except ValueError:
        return _read_opaque(line)
    return entry if entry.v == SCHEMA else _read_opaque(line)


def _read_opaque(line: bytes) -> Opaque:
    try:
        tree = read_canonical(line, _TREE)
        _check_tree(tree, 1)
        head = {name: tree[name] for name in Opaque.__struct_fields__}
        opaque = msgspec.convert(head, Opaque)
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError) as error:
        raise Refusal(Why.ENTRY_MALFORMED) from error
    if opaque.v == SCHEMA and opaque.kind in KINDS:
        # A kind of ours, in our schema, that our own strict reading has refused.
        raise Refusal(Why.ENTRY_MALFORMED)
    return opaque


def _check_tree(node: Any, depth: int) -> None:
    """Hold an unknown entry to integers, strings and the deepest nesting of objects and arrays."""
    if isinstance(node, dict | list) and depth > DEEPEST:
        raise Refusal(Why.ENTRY_MALFORMED)
    if isinstance(node, dict):
        # Beyond ASCII, RFC 8785's order of names (UTF-16) is not the encoder's.
        if not all(name.isascii() for name in node):
            raise Refusal(Why.ENTRY_MALFORMED)
        for value in node.values():
            _check_tree(value, depth + 1)
    elif isinstance(node, list):
        for value in node:
            _check_tree(value, depth + 1)
    elif (
        isinstance(node, bool)
        or not isinstance(node, str | int)
        or (isinstance(node, int) and abs(node) > LARGEST)
    ):
        raise Refusal(Why.ENTRY_MALFORMED)
