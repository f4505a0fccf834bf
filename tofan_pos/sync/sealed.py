"""The sync file: one run of a till's journal, packed, signed, and refused unless it is whole.

An envelope signed by the till, and the packed lines as its body: nothing is parsed before the
signature over every byte has been checked. `docs/sync-format.md` tells the same to a stranger.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.numbering import till_code
from tofan_pos.sync.canonical import canonical, read_canonical
from tofan_pos.sync.chain import Link, chain
from tofan_pos.sync.entries import LONGEST_LINE, SCHEMA
from tofan_pos.sync.envelope import Envelope, Front
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.packing import PACKINGS, Packing
from tofan_pos.sync.record import Count, Digest, Whole

MAGIC = b"TOFAN\x00S\x01"
SUFFIX = ".tofan"
MOST_PACKED = 8 * 1024 * 1024
MOST_RAW = 64 * 1024 * 1024
MOST_RATIO = 50
MOST_LINES = 100_000
LONGEST_HEADER = 2048

_ENVELOPE = Envelope(
    magic=MAGIC,
    longest_header=LONGEST_HEADER,
    most_body=MOST_PACKED,
    stranger=Why.NOT_A_SYNC_FILE,
)
LARGEST_FILE = _ENVELOPE.largest

# A file is filled to these and not to the limits, which leaves room for lines of any entropy.
_RUN_LINES = 20_000
_RUN_RAW = 7 * 1024 * 1024
_PACKING = Packing(level=3, most_raw=MOST_RAW, most_ratio=MOST_RATIO, longest_line=LONGEST_LINE)


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a sync file says of itself, signed."""

    count: Whole
    epoch: Count
    first: Whole
    hash: Digest
    last: Whole
    packed: Whole
    packed_sha256: Digest
    packing: str
    prev: Digest
    raw: Whole
    schema: Whole
    till: str


_HEADER = msgspec.json.Decoder(Header)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sync file whose signature holds; its lines are not unpacked yet."""

    header: Header
    public_key: bytes
    signature: bytes
    packed: bytes

    def lines(self) -> list[bytes]:
        """Unpack the run's lines within the limits and check the chain over them.

        Raises `Refusal(UNPACKS_TOO_LARGE | CONTENT_CHANGED | CHAIN_BROKEN)`.
        """
        said = self.header
        return _PACKING.lines(self.packed, said.packing, raw=said.raw, count=said.count)

    def hashes(self, lines: Sequence[bytes] | None = None) -> list[bytes]:
        """Return the chained hashes of the run's lines, the chain checked to its end."""
        hashes = chain(bytes.fromhex(self.header.prev), self.lines() if lines is None else lines)
        if hashes[-1].hex() != self.header.hash:
            raise Refusal(Why.CHAIN_BROKEN)
        return hashes

    def links(self) -> list[Link]:
        """Return the run's entries with their chained hashes, the chain checked to its end."""
        header, lines = self.header, self.lines()
        hashes = self.hashes(lines)
        numbers = range(header.first, header.last + 1)
        return [Link(*parts) for parts in zip(numbers, lines, hashes, strict=True)]


def runs(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Cut a journal's tail into runs that each fit one file, always at the same places."""
    run: list[Link] = []
    size = 0
    for link in links:
        grown = size + len(link.line) + 1
        if run and (len(run) == _RUN_LINES or grown > _RUN_RAW):
            yield run
            run, grown = [], len(link.line) + 1
        run.append(link)
        size = grown
    if run:
        yield run


def seal(run: Sequence[Link], *, till: str, epoch: int, prev: bytes, key: SigningKey) -> bytes:
    """Seal a run of entries that follows the hash `prev`; the same run gives the same bytes."""
    raw = b"".join(link.line + b"\n" for link in run)
    packed, packing = _PACKING.pack(raw)
    header = canonical(
        Header(
            count=len(run),
            epoch=epoch,
            first=run[0].seq,
            hash=run[-1].hash.hex(),
            last=run[-1].seq,
            packed=len(packed),
            packed_sha256=sha256(packed).hexdigest(),
            packing=packing,
            prev=prev.hex(),
            raw=len(raw),
            schema=SCHEMA,
            till=till,
        )
    )
    return _ENVELOPE.sign(header, key) + packed


def signed_part(header: bytes, public_key: bytes) -> bytes:
    """Return the bytes a file's signature is made over."""
    return _ENVELOPE.signed_part(header, public_key)


def front_of(content: bytes | bytearray) -> Front | None:
    """Return a sync file's front, or None while more of the file must come before it is there.

    Raises `Refusal(NOT_A_SYNC_FILE | FILE_TOO_LARGE)` as soon as it can be told.
    """
    return _ENVELOPE.front_of(content)


def header_of(front: Front) -> Header:
    """Check the signature, then read the header.

    Raises `Refusal(SIGNATURE_WRONG | VERSION_UNKNOWN | ENTRY_MALFORMED | UNPACKS_TOO_LARGE)`.
    """
    return read_header(front.header())


def unseal(content: bytes) -> Sealed:
    """Check a sync file's limits and signature over its raw bytes, and read its header.

    The signature shows that the file is whole and made by the owner of the key it carries; the
    caller must still know that key. Raises `Refusal` for all that is not exactly such a file.
    """
    front = _ENVELOPE.open(content)
    header, packed = header_of(front), content[front.length :]
    if len(packed) < header.packed:
        raise Refusal(Why.FILE_CUT)
    if len(packed) != header.packed or sha256(packed).hexdigest() != header.packed_sha256:
        raise Refusal(Why.CONTENT_CHANGED)
    return Sealed(header, front.public_key, front.signature, packed)


def read_header(content: bytes) -> Header:
    """Read a header whose signature holds. Raises `Refusal` where it breaks a limit or its sums."""
    try:
        version = msgspec.json.decode(content, type=_Version).schema
        if not reads(version):
            raise Refusal(Why.VERSION_UNKNOWN, version=version)
        header = read_canonical(content, _HEADER)
        till_code(header.till)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refusal(Why.ENTRY_MALFORMED) from error
    consistent = (
        1 <= header.first <= header.last
        and header.count == header.last - header.first + 1
        and header.packing in PACKINGS
    )
    if not consistent:
        raise Refusal(Why.ENTRY_MALFORMED)
    if (
        header.count > MOST_LINES
        or header.raw > MOST_RAW
        or header.packed > MOST_PACKED
        or header.raw > MOST_RATIO * header.packed
    ):
        raise Refusal(Why.UNPACKS_TOO_LARGE)
    return header


def reads(version: int, *, newest: int = SCHEMA) -> bool:
    """Tell whether files of a schema are taken in: today's, and the one before it.

    Tills are not all brought up to date on one day; their files wait on sticks even longer.
    """
    return max(1, newest - 1) <= version <= newest


class _Version(msgspec.Struct):
    schema: int
