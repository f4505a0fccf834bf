"""Tills to test with: set up for real over a small catalogue, with a clock that is told."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tofan_pos import app
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.proof import Proof, prove
from tofan_pos.counter.setup import set_up
from tofan_pos.counter.spool import Spool
from tofan_pos.domain.catalogue import (
    Picture,
    ProducerGroup,
    Product,
    Story,
    TaxKind,
    Text,
    ean13_check_digit,
)
from tofan_pos.domain.count import Count
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.receipt.document import Document
from tofan_pos.store.facts import Identity, StoredSale

NOW = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
Told = Callable[[], datetime]
"""A clock."""
_PICTURE = b"\x89PNG\r\n\x1a\n and then nothing a test looks at"


@dataclass
class Clock:
    """A clock that stands still until it is told otherwise."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        """Return the moment it was told."""
        return self.at

    def move(self, by: timedelta) -> None:
        """Go forward, or back."""
        self.at += by


@dataclass
class Paper:
    """A printer that keeps what it was sent; it raises `trouble` instead while there is one."""

    sent: list[str] = field(default_factory=list)
    trouble: Exception | None = None

    def __call__(self, number: str, _document: Document) -> None:
        """Take a receipt."""
        if self.trouble is not None:
            raise self.trouble
        self.sent.append(number)


def barcode(first_twelve: str) -> str:
    """Return an EAN-13."""
    return first_twelve + ean13_check_digit(first_twelve)


def catalogue(*more: Product) -> Catalogue:
    """Return a catalogue of a scarf, a basket, honey free of VAT, a unique dish, and a relic."""
    scarf = Product(
        code="TF-SCARF",
        name=Text("ผ้าพันคอฝ้ายทอมือ ย้อมคราม", "Indigo cotton scarf"),
        price=590_00,
        group="G1",
        category=Text("ผ้าทอ", "Woven"),
        barcode=barcode("885012345678"),
        favourite=True,
        story=Story(
            short=Text("ย้อมครามธรรมชาติ", "Natural indigo"), approved_until=date(2027, 1, 1)
        ),
        picture=sha256(_PICTURE).hexdigest(),
    )
    basket = replace(
        scarf,
        code="TF-BASKET",
        name=Text("ตะกร้าสานไม้ไผ่", "Bamboo basket"),
        price=333_33,
        group="G2",
        category=Text("จักสาน", "Plaited"),
        barcode=barcode("001234567890"),
        picture="",
    )
    honey = replace(
        basket,
        code="TF-HONEY",
        name=Text("น้ำผึ้งป่า", "Wild honey"),
        price=10_00,
        barcode="",
        vat=TaxKind.EXEMPT,
        favourite=False,
        story=None,
    )
    dish = replace(honey, code="TF-DISH", name=Text("จานดินเผา", "Dish"), unique=True)
    relic = replace(honey, code="TF-OLD", name=Text("ของเก่า", "Relic"), active=False)
    return Catalogue(
        products=(scarf, basket, honey, dish, relic, *more),
        groups=(
            ProducerGroup("G1", Text("กลุ่มทอผ้า", "Weavers")),
            ProducerGroup("G2", Text("กลุ่มจักสาน", "Plaiters")),
        ),
        pictures=(Picture(sha256(_PICTURE).hexdigest(), _PICTURE),),
    )


def make_till(
    folder: Path,
    *,
    till: str = "TST1",
    goods: Catalogue | None = None,
    clock: Told | None = None,
    **settings: object,
) -> Identity:
    """Set a till up in a folder; its key is the same on every run, as is all it writes."""
    known: dict[str, object] = {"install_id": sha256(till.encode()).hexdigest()[:32]}
    return set_up(
        folder,
        profile=app.new_profile(till, **(known | settings)),
        catalogue=goods or catalogue(),
        catalogue_sha256="0" * 64,
        clock=clock or Clock(),
        random_bytes=lambda length: sha256(till.encode()).digest()[:length],
    )


def open_till(
    folder: Path, *, clock: Told | None = None, paper: Paper | None = None, session: bool = True
) -> Desk:
    """Open the till in a folder, as the program does; `paper` stands in its printer's place.

    Where no till session is open, one is, with nothing in the drawer.
    """
    desk = app.build_counter(folder, clock=clock or Clock())
    if session and desk.day.session is None:
        desk.day.open(Count())
    return replace(desk, spool=Spool(desk.store, desk.papers, paper)) if paper else desk


@contextmanager
def opened(
    folder: Path, *, clock: Told | None = None, paper: Paper | None = None, session: bool = True
) -> Iterator[Desk]:
    """Open the till in a folder, and close it after."""
    desk = open_till(folder, clock=clock, paper=paper, session=session)
    try:
        yield desk
    finally:
        desk.close()


def cash(satang: int) -> list[Tender]:
    """Return a payment in cash."""
    return [Tender(TenderKind.CASH, satang)]


def ring(desk: Desk, *codes: str) -> StoredSale:
    """Ring up one sale, paid to the satang."""
    for code in codes or ("TF-SCARF",):
        desk.register.scan(code)
    return desk.register.pay(cash(desk.register.basket.total))


def proof(desk: Desk) -> Proof:
    """Walk the till's journal."""
    return prove(desk.store, desk.identity)


def numbers(desk: Desk) -> list[int]:
    """Return the numbers of all sales of the till's own series, in the journal's order."""
    last = desk.store.last_sale()
    if last is None:
        return []
    series = last.sale.kind.series
    found = (desk.store.sale_numbered(series, n) for n in range(1, last.sale.n + 1))
    return [stored.sale.n for stored in found if stored is not None]


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Make a folder in memory where there is such a place: a sync there costs nothing."""
    memory = Path("/dev/shm")  # noqa: S108 - the name within it is a random one
    place = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(prefix="tofan-", dir=place) as folder:
        yield Path(folder)
