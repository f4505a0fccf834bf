"""Journal entries as they are written: canonical JSON (RFC 8785) of strict, typed records.

A record is decoded strictly and must encode to the very bytes it was read from. That one
comparison refuses floats, duplicate keys, other spellings of a number and stray space at once.
"""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from tofan_pos.domain.errors import Refusal, Why

SCHEMA = 1
LONGEST_LINE = 64 * 1024
DEEPEST = 8
_LARGEST = 2**53 - 1
# A PostgreSQL text cannot hold the character nought, so no entry may: an escape of it is one
# after an even number of backslashes.
_NOUGHT = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

Whole = Annotated[int, Meta(ge=0, le=_LARGEST)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Signed = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]
Moment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")]


class _Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A strict record; what has its default value is left out, so each value has one spelling."""


class DiscountBody(_Record, frozen=True):
    """A discount as given: hundredths of a percent or satang, its reason and its bearer."""

    bearer: str
    kind: str
    reason: str
    value: Whole


class LineBody(_Record, frozen=True):
    """A line as sold; amounts in satang."""

    code: str
    group: str
    gross: Whole
    name_th: str
    paid: Whole
    price: Whole
    quantity: Whole
    share: Whole
    tax: str
    vat: Whole
    basket_discount: Whole = 0
    discount: DiscountBody | None = None
    discounted: Whole = 0
    name_en: str = ""


class TenderBody(_Record, frozen=True):
    """What was handed over, in satang."""

    amount: Whole
    kind: str


class PolicyBody(_Record, frozen=True):
    """The share policy a sale was made under; `rate_bp` in hundredths of a percent."""

    basis: str
    number: Count
    rate_bp: Whole


class SaleBody(_Record, frozen=True):
    """A completed sale; amounts in satang."""

    business_date: Day
    by: str
    document: str
    id: str
    lines: tuple[LineBody, ...]
    n: Whole
    number: str
    policy: PolicyBody
    share: Whole
    tenders: tuple[TenderBody, ...]
    total: Whole
    vat: Whole
    vat_rate_bp: Whole
    discount: DiscountBody | None = None


class OpenedBody(_Record, frozen=True):
    """A till's first entry: who it is and with which key it signs."""

    document: str
    install_id: str
    program: str
    public_key: Digest


class CatalogueBody(_Record, frozen=True):
    """A catalogue was loaded: how many products, and the SHA-256 of what was read."""

    products: Whole
    sha256: Digest


class GroupBody(_Record, frozen=True):
    """A producer group's code and neutral labels."""

    code: str
    label_en: str
    label_th: str


class GroupsBody(_Record, frozen=True):
    """Groups of the catalogue loaded last, a hundred to an entry at most."""

    groups: tuple[GroupBody, ...]


class ClockStepBody(_Record, frozen=True):
    """The clock was found behind the entry before by so many seconds."""

    seconds: Whole


class ExportedBody(_Record, frozen=True):
    """A run of entries was sealed into a file: the file's signed header and its signature."""

    header: str
    signature: Annotated[str, Meta(pattern=r"^[0-9a-f]{128}\Z")]


class _Entry(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What every entry says beside its body."""

    at: Moment
    epoch: Count
    seq: Whole
    till: str
    v: Whole


class Sold(_Entry, frozen=True, tag="sale"):
    """A sale was completed."""

    body: SaleBody


class Opened(_Entry, frozen=True, tag="opened"):
    """The till was set up."""

    body: OpenedBody


class CatalogueLoaded(_Entry, frozen=True, tag="catalogue"):
    """A catalogue was loaded."""

    body: CatalogueBody


class GroupsNamed(_Entry, frozen=True, tag="groups"):
    """The producer groups of a catalogue."""

    body: GroupsBody


class ClockStepped(_Entry, frozen=True, tag="clock_step"):
    """The clock went backwards."""

    body: ClockStepBody


class Exported(_Entry, frozen=True, tag="exported"):
    """A run of entries was sealed into a file."""

    body: ExportedBody


Known = Sold | Opened | CatalogueLoaded | GroupsNamed | ClockStepped | Exported
Body = SaleBody | OpenedBody | CatalogueBody | GroupsBody | ClockStepBody | ExportedBody

_ENTRY_OF: dict[type[Body], type[Known]] = {
    SaleBody: Sold,
    OpenedBody: Opened,
    CatalogueBody: CatalogueLoaded,
    GroupsBody: GroupsNamed,
    ClockStepBody: ClockStepped,
    ExportedBody: Exported,
}
KINDS = frozenset(str(entry.__struct_config__.tag) for entry in _ENTRY_OF.values())
"""The kinds of entry this program knows."""


class Opaque(Struct, frozen=True):
    """An entry of a kind, or a schema, this program does not know: kept as it is, and counted."""

    at: str
    epoch: int
    kind: str
    seq: int
    till: str
    v: int


_ENCODER = msgspec.json.Encoder(order="sorted")
_KNOWN = msgspec.json.Decoder(Known)


def canonical(value: object) -> bytes:
    """Encode a record, or a tree of dict, list, str and int, as RFC 8785 canonical JSON."""
    return _ENCODER.encode(value)


def kind_of(entry: Body | Known | Opaque) -> str:
    """Return the kind that an entry, or the entry a body makes, is written under."""
    if isinstance(entry, Opaque):
        return entry.kind
    known = _ENTRY_OF.get(type(entry), type(entry))  # type: ignore[arg-type]
    return str(known.__struct_config__.tag)


def entry_line(body: Body, *, till: str, epoch: int, seq: int, at: str) -> bytes:
    """Write an entry as its line, without the line break.

    Raises `Refusal(ENTRY_TOO_LARGE | ENTRY_MALFORMED)` for a line no head office would accept.
    """
    entry = _ENTRY_OF[type(body)](
        at=at,
        body=body,  # type: ignore[arg-type]  # the table above pairs each body with its entry
        epoch=epoch,
        seq=seq,
        till=till,
        v=SCHEMA,
    )
    line = _ENCODER.encode(entry)
    if len(line) > LONGEST_LINE:
        raise Refusal(Why.ENTRY_TOO_LARGE, most=LONGEST_LINE)
    if _holds_nought(line):
        raise Refusal(Why.ENTRY_MALFORMED)
    return line


def read_entry(line: bytes) -> Known | Opaque:
    """Read one line. Raises `Refusal(ENTRY_MALFORMED)` for all that is not canonical."""
    if _holds_nought(line):
        raise Refusal(Why.ENTRY_MALFORMED)
    try:
        entry: Known = _KNOWN.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _read_opaque(line)
    if entry.v != SCHEMA or _ENCODER.encode(entry) != line:
        return _read_opaque(line)
    return entry


def _holds_nought(line: bytes) -> bool:
    return rb"\u0000" in line and _NOUGHT.search(line) is not None


def _read_opaque(line: bytes) -> Opaque:
    try:
        tree = msgspec.json.decode(line)
        _check_tree(tree, 1)
        if _ENCODER.encode(tree) != line:
            raise Refusal(Why.ENTRY_MALFORMED)
        head = {name: tree[name] for name in Opaque.__struct_fields__}
        opaque = msgspec.convert(head, Opaque)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, KeyError, TypeError) as error:
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
        or (isinstance(node, int) and abs(node) > _LARGEST)
    ):
        raise Refusal(Why.ENTRY_MALFORMED)


def _is_whole(node: object) -> bool:
    return isinstance(node, int) and not isinstance(node, bool) and abs(node) <= _LARGEST
