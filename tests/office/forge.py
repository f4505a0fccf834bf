"""Makes sync files with any content at all, honest or not, over the real sync package and keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import sqlalchemy as sa
import zstandard
from msgspec import structs

from tests.office.bodies import Part, groups, refund, reversal_line, sale, void
from tofan_pos.office.enrolment import enrol
from tofan_pos.store import schema
from tofan_pos.store.engine import open_url
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync import enrolment
from tofan_pos.sync.canonical import canonical
from tofan_pos.sync.chain import GENESIS, Head, Link, chain
from tofan_pos.sync.contact import HelloBody, write_hello
from tofan_pos.sync.dealings import EpochOpenedBody, KeyRotatedBody, LostBody
from tofan_pos.sync.documents import ReversalBody, SaleBody, VoidBody
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.events import MovementBody
from tofan_pos.sync.keys import SigningKey
from tofan_pos.sync.kinds import Body
from tofan_pos.sync.rotation import rotation
from tofan_pos.sync.sales import read_moment
from tofan_pos.sync.sealed import seal, signed_part

__all__ = [
    "AT",
    "Part",
    "Rows",
    "Till",
    "all_rows",
    "block",
    "forged",
    "frame",
    "groups",
    "key_of",
    "refund",
    "reversal_line",
    "sale",
    "saved",
    "signed",
    "void",
]

AT = "2026-11-22T03:04:05Z"
Rows = dict[str, list[tuple[Any, ...]]]
Any_ = TypeVar("Any_", bound=Body)


def key_of(name: str) -> SigningKey:
    """Return a key that is the same on every run."""
    return SigningKey(sha256(name.encode()).digest())


@dataclass
class Till:
    """A till's journal as a forger holds it: key and all.

    `links` are all of its entries, of every epoch; `after` is the last one before the epoch it is
    in. Where a till is made in a later epoch, its earlier entries are nobody's affair: that one
    begins after entry 100.
    """

    code: str = "CTW1"
    epoch: int = 1
    key: SigningKey = field(default_factory=lambda: key_of("honest"))
    links: list[Link] = field(default_factory=list)
    after: int = 0
    why: Beginning = Beginning.FIRST

    def __post_init__(self) -> None:
        """Begin a later epoch as tills do."""
        if self.epoch > 1 and not self.links:
            self.after, self.why = 100, Beginning.RESTORED
            self.links = [Link(seq, b"", sha256(b"%d" % seq).digest()) for seq in range(1, 101)]
            self._open()

    def _open(self, *, lost: tuple[LostBody, ...] = (), before: int | None = None) -> None:
        self.write(
            EpochOpenedBody(
                after=self.epoch - 1 if before is None else before,
                install_id=self.install_id,
                program="0.3.0",
                public_key=self.key.public.hex(),
                why=self.why.value,
                lost=lost,
            )
        )

    def lost(self, first: int, last: int | None = None) -> LostBody:
        """Return a run of the epoch it is in, up to its newest entry, as one that was lost."""
        end = self.links[-1 if last is None else last - 1]
        return LostBody(self.epoch, first, end.hash.hex(), end.seq)

    @property
    def install_id(self) -> str:
        """What the till calls itself in its epoch."""
        return sha256(self.key.public).hexdigest()[:32]

    def next_epoch(
        self,
        at: int | None = None,
        *,
        why: Beginning = Beginning.RESTORED,
        lost: tuple[LostBody, ...] = (),
        epoch: int = 0,
        key: SigningKey | None = None,
    ) -> "Till":
        """Return the till in its next epoch, begun after an entry: its last where none is named."""
        after = len(self.links) if at is None else at
        number = epoch or self.epoch + 1
        till = Till(
            self.code,
            number,
            key or key_of(f"{self.code}.{number}"),
            self.links[:after],
            after,
            why,
        )
        till._open(lost=lost, before=self.epoch)
        return till

    def rotate(self, name: str = "rotated", *, signed_by: SigningKey | None = None) -> "Till":
        """Write that the till takes another key, and return it with that: the journal goes on."""
        new, seq = key_of(name), self.head.seq + 1
        said = rotation(till=self.code, epoch=self.epoch, seq=seq, old=self.key.public)
        self.write(
            KeyRotatedBody(
                by="S01",
                public_key=new.public.hex(),
                signature=(signed_by or new).sign(said).hex(),
            )
        )
        return replace(self, key=new)

    @classmethod
    def with_sales(cls, count: int, **who: Any) -> "Till":
        """Return a till that has sold so many times."""
        till = cls(**who)
        for n in range(1, count + 1):
            till.write(sale(n, Part(group=f"G{n % 3}", quantity=n)))
        return till

    @property
    def head(self) -> Head:
        """The journal's last entry."""
        return Head(self.links[-1].seq, self.links[-1].hash) if self.links else Head()

    @property
    def holder(self) -> str:
        """What the till's numbers begin with."""
        return self.code if self.epoch == 1 else f"{self.code}.{self.epoch}"

    def write(self, body: Any_, *, at: str = AT) -> Any_:
        """Write an entry as a till does.

        A document gets this till's number and an id of its own, a slip its number.

        Returns what was written.
        """
        if isinstance(body, SaleBody | ReversalBody):
            series = "V" if isinstance(body, SaleBody) else "C"
            number = f"{self.holder}-{series}{body.n:06d}"
            if isinstance(body, VoidBody):
                number, series = body.of, "void"
            own = sha256(f"{self.holder} {series} {body.n}".encode()).hexdigest()[:32]
            body = structs.replace(body, number=number, id=own)
        if isinstance(body, MovementBody):
            body = structs.replace(body, number=f"{self.holder}-M{body.n:06d}")
        seq = self.head.seq + 1
        self.put(entry_line(body, till=self.code, epoch=self.epoch, seq=seq, at=at))
        return body

    def tell(self, **changes: Any) -> None:
        """Write an entry of a kind nobody knows, or with anything in its place."""
        self.put(canonical(self.plain(**changes)))

    def plain(self, **changes: Any) -> dict[str, Any]:
        """Return the next entry, of an unknown kind, as a tree."""
        whole = {
            "at": AT,
            "body": {"weather": "ฝน"},
            "epoch": self.epoch,
            "kind": "weather",
            "seq": self.head.seq + 1,
            "till": self.code,
            "v": 1,
        }
        return whole | changes

    def put(self, line: bytes) -> None:
        """Chain any bytes to the journal."""
        self.links.append(self.head.then(line))

    def branch(self, at: int) -> "Till":
        """Return the same till with only its first entries, to go on differently."""
        return replace(self, links=self.links[:at])

    @property
    def first(self) -> int:
        """The first entry of the epoch that the till is in."""
        return self.after + 1

    def file(self, first: int = 0, last: int = 0) -> bytes:
        """Return a run of the epoch as an honest sync file, from its first entry if not said."""
        first = first or self.first
        run = self.links[first - 1 : last or len(self.links)]
        prev = self.links[first - 2].hash if first > 1 else GENESIS
        return seal(run, till=self.code, epoch=self.epoch, prev=prev, key=self.key)

    def save(self, folder: Path, first: int = 0, last: int = 0) -> Path:
        """Write a run's sync file into a folder."""
        first = first or self.first
        last = last or len(self.links)
        path = folder / f"{self.code}-{self.epoch}-{first:08d}-{last:08d}.tofan"
        path.write_bytes(self.file(first, last))
        return path

    def request(self) -> enrolment.Request:
        """Return what the till asks head office with."""
        return enrolment.Request(
            till=self.code,
            epoch=self.epoch,
            install_id=self.install_id,
            public_key=self.key.public,
            why=self.why,
            after=self.after,
            after_hash=(self.links[self.after - 1].hash if self.after else GENESIS).hex(),
            program="0.3.0",
        )

    def hello(self, *, nonce: str = "0" * 32, catalogue: int = 0, **changes: Any) -> bytes:
        """Return a hello that tells how far the till has come."""
        body = HelloBody(
            at=AT,
            catalogue=catalogue,
            epoch=self.epoch,
            hash=self.head.hash.hex(),
            head=self.head.seq,
            nonce=nonce,
            program="0.3.0",
            till=self.code,
        )
        return write_hello(structs.replace(body, **changes), self.key)

    def save_request(self, folder: Path) -> Path:
        """Write the till's enrolment request into a folder."""
        path = folder / f"{self.code}-{self.epoch}.json"
        path.write_bytes(enrolment.write_request(self.request(), self.key))
        return path

    def enrolled(self, store: OfficeStore) -> "Till":
        """Have head office trust the till."""
        enrol(store, self.request(), clock=lambda: read_moment(AT))
        return self


def forged(  # noqa: PLR0913 - what a forger may lie about
    till: Till,
    content: bytes,
    *,
    packed: bytes | None = None,
    packing: str = "zstd",
    key: SigningKey | None = None,
    lies: Mapping[str, Any] = MappingProxyType({}),
) -> bytes:
    """Return a file of any bytes, signed; `lies` stand in the header in the place of the truth."""
    if packed is None:
        packed = zstandard.ZstdCompressor().compress(content) if packing == "zstd" else content
    lines = content.split(b"\n")[:-1]
    truth = {
        "count": len(lines),
        "epoch": till.epoch,
        "first": 1,
        "hash": (chain(GENESIS, lines) or [GENESIS])[-1].hex(),
        "last": len(lines),
        "packed": len(packed),
        "packed_sha256": sha256(packed).hexdigest(),
        "packing": packing,
        "prev": GENESIS.hex(),
        "raw": len(content),
        "schema": 1,
        "till": till.code,
    }
    return signed(canonical(truth | dict(lies)), key or till.key, packed)


def signed(header: bytes, key: SigningKey, packed: bytes) -> bytes:
    """Return a file with any header, signed over it."""
    part = signed_part(header, key.public)
    return part + key.sign(part) + packed


def frame(*, claims: int, window: int, blocks: Iterable[bytes]) -> bytes:
    """Return a zstd frame (RFC 8878) that claims any size and any window (an exponent, 10 up)."""
    head = b"\x28\xb5\x2f\xfd" + bytes([0b1000_0000, (window - 10) << 3])
    return head + claims.to_bytes(4, "little") + b"".join(blocks)


def block(content: bytes, *, times: int = 0, last: bool = True) -> bytes:
    """Return a zstd block: content as it is, or one byte repeated so many times."""
    size, kind = (times, 1) if times else (len(content), 0)
    return (size << 3 | kind << 1 | last).to_bytes(3, "little") + content


def all_rows(url: str) -> Rows:
    """Return everything head office's database holds, in order, with nothing of ours between."""
    engine = open_url(url)
    try:
        with engine.connect() as connection, connection.begin():
            return {
                table.name: [
                    tuple(row)
                    for row in connection.execute(sa.select(table).order_by(*table.primary_key))
                ]
                for table in schema.office.sorted_tables
            }
    finally:
        engine.dispose()


def saved(folder: Path, contents: Sequence[bytes]) -> list[Path]:
    """Write contents as files named by their place."""
    paths = [folder / f"{at:05d}.tofan" for at in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths
