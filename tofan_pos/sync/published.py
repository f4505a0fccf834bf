"""The catalogue file: all that head office publishes under one version, packed and signed.

An envelope signed by head office, and as its body the packed lines, then the pictures as they are:
nothing is parsed before the signature over every byte has been checked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from tofan_pos.domain import fit
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.published import LEASE_DAYS, Catalogue, leased
from tofan_pos.sync.canonical import canonical, read_canonical
from tofan_pos.sync.catalogue_lines import LONGEST_LINE, catalogue_of, lines_of
from tofan_pos.sync.envelope import Envelope
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.packing import PACKINGS, Packing
from tofan_pos.sync.record import Digest, Moment, Record, Whole
from tofan_pos.sync.sales import read_moment, write_moment
from tofan_pos.thai.dates import business_day

MAGIC = b"TOFAN\x00C\x01"
SUFFIX = ".tofancat"
SCHEMA = 1
MOST_BODY = 64 * 1024 * 1024
"""So many bytes a body may have: the packed lines and the pictures."""
MOST_RAW = 128 * 1024 * 1024
"""So many bytes its lines may have, unpacked."""
MOST_RATIO = 200
"""So many times as long as they are packed the lines may be; pictures are not packed again."""
MOST_LINES = 250_000
LONGEST_HEADER = 1024

_ENVELOPE = Envelope(
    magic=MAGIC,
    longest_header=LONGEST_HEADER,
    most_body=MOST_BODY,
    stranger=Why.NOT_A_CATALOGUE_FILE,
)
LARGEST_FILE = _ENVELOPE.largest
_PACKING = Packing(
    level=9,  # published once, sent to every till
    most_raw=MOST_RAW,
    most_ratio=MOST_RATIO,
    longest_line=LONGEST_LINE,
)


class _Header(Record, frozen=True):
    """What a catalogue file says of itself, signed."""

    at: Moment
    lines: Whole
    packed: Whole
    packing: str
    pictures: Whole
    products: Whole
    raw: Whole
    schema: Whole
    sha256: Digest
    version: Whole


_HEADER = msgspec.json.Decoder(_Header)


@dataclass(frozen=True, slots=True)
class SealedCatalogue:
    """A catalogue file that is whole and whose signature holds; its body is not read yet.

    Whose key `office_key` is, the caller must know; `sha256` is the whole file's, in hex.
    """

    header: _Header
    office_key: bytes
    sha256: str
    body: bytes

    @property
    def version(self) -> int:
        """Which of head office's catalogues it is, from 1 on."""
        return self.header.version

    @property
    def at(self) -> datetime:
        """When it was published (UTC)."""
        return read_moment(self.header.at)

    @property
    def products(self) -> int:
        """How many products it has."""
        return self.header.products

    def catalogue(self) -> Catalogue:
        """Unpack and read the whole catalogue, held to every limit a workbook is held to.

        Raises `Refusal(NOT_A_CATALOGUE_FILE)`.
        """
        header = self.header
        packed = self.body[: header.packed]
        try:
            lines = _PACKING.lines(packed, header.packing, raw=header.raw, count=header.lines)
        except Refusal as refusal:
            raise _refused(refusal.why) from refusal
        found = catalogue_of(lines, self.body[header.packed :])
        if len(found.products) != header.products:
            raise _refused("products")
        fit.check(found)
        last = business_day(self.at) + timedelta(days=LEASE_DAYS)
        for product in found.products:
            until = product.story.approved_until if product.story else None
            if until is not None and until > last:
                raise _refused(f"lease of {product.code}")
        return found


def catalogue_name(version: int) -> str:
    """Return the name of a version's file, as in `catalogue-00000012.tofancat`."""
    return f"catalogue-{version:08d}{SUFFIX}"


def seal_catalogue(catalogue: Catalogue, *, version: int, at: datetime, key: SigningKey) -> bytes:
    """Return a catalogue's file as it is published at a moment (UTC); same inputs, same bytes.

    Stories that may not be told are left out, the others are leased. Raises
    `Refusal(CATALOGUE_TOO_LARGE)`, and `Refusal(NOT_A_CATALOGUE_FILE)` for what no till would take.
    """
    published = leased(catalogue, business_day(at))
    fit.check(published)
    lines = list(lines_of(published))
    raw = b"".join(line + b"\n" for line in lines)
    packed, packing = _PACKING.pack(raw)
    pictures = b"".join(picture.content for picture in published.pictures)
    body = packed + pictures
    if len(body) > MOST_BODY or len(raw) > MOST_RAW or len(lines) > MOST_LINES:
        raise Refusal(Why.CATALOGUE_TOO_LARGE, most=MOST_BODY // 1024 // 1024)
    header = canonical(
        _Header(
            at=write_moment(at),
            lines=len(lines),
            packed=len(packed),
            packing=packing,
            pictures=len(pictures),
            products=len(published.products),
            raw=len(raw),
            schema=SCHEMA,
            sha256=sha256(body).hexdigest(),
            version=version,
        )
    )
    return _ENVELOPE.sign(header, key) + body


def unseal_catalogue(content: bytes) -> SealedCatalogue:
    """Check a catalogue file's limits, signature and wholeness over its raw bytes.

    Raises `Refusal(NOT_A_CATALOGUE_FILE)` for all that is not exactly such a file.
    """
    try:
        front = _ENVELOPE.open(content)
        said = front.header()
    except Refusal as refusal:
        raise _refused(refusal.why) from refusal
    header, body = _read_header(said), content[front.length :]
    if len(body) != header.packed + header.pictures or sha256(body).hexdigest() != header.sha256:
        raise _refused("body")
    return SealedCatalogue(header, front.public_key, sha256(content).hexdigest(), body)


def _read_header(content: bytes) -> _Header:
    try:
        header = read_canonical(content, _HEADER)
        read_moment(header.at)
    except ValueError as error:
        raise _refused("header") from error
    if (
        header.schema != SCHEMA
        or header.version < 1
        or header.packing not in PACKINGS
        or header.packed + header.pictures > MOST_BODY
        or header.raw > MOST_RAW
        or header.raw > MOST_RATIO * header.packed
        or header.lines > MOST_LINES
    ):
        raise _refused("header")
    return header


def _refused(detail: str) -> Refusal:
    return Refusal(Why.NOT_A_CATALOGUE_FILE, detail=detail)
