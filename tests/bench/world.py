"""Makes the tills that are measured: a large catalogue, and as many past sales as are asked for.

Past sales are real ones, completed by the domain from real baskets; their entries and hash chain
are valid. They go into the file in one transaction that is not made durable.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from tests.bench.measure import tell
from tofan_pos import app
from tofan_pos.counter.setup import set_up
from tofan_pos.domain.basket import Basket
from tofan_pos.domain.catalogue import Product, SharePolicy, Text, ean13_check_digit
from tofan_pos.domain.numbering import DocumentKind
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.sale import Sale, Tender, TenderKind, Terms, complete
from tofan_pos.domain.tax import rate_on
from tofan_pos.store import rows, schema
from tofan_pos.store.columns import insert
from tofan_pos.store.counter import FILE_NAME
from tofan_pos.sync.chain import chained
from tofan_pos.sync.entries import entry_line
from tofan_pos.sync.sales import sale_body, write_moment
from tofan_pos.thai.dates import business_day

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "bench"
TILL = "BEN1"
BEGUN = datetime(2023, 1, 2, 3, 0, tzinfo=UTC)
A_DAY = 1000
FAVOURITES = 24
TEMPLATES = 2000
"""Different baskets among the past sales; each is sold again and again under new numbers."""

_SHAPES = (
    "store/schema.py",
    "store/till_tables.py",
    "store/rows.py",
    "store/columns.py",
    "store/migrations",
    "sync/chain.py",
    "sync/sales.py",
)
"""What decides how a till's file looks."""
_PIECE = 5000


@dataclass(frozen=True, slots=True)
class World:
    """Folders of tills that nobody writes to: work on copies."""

    empty: Path
    past: Path
    products: int
    sales: int


def make_world(products: int, sales: int) -> World:
    """Return tills with so many products and past sales, made now or kept from an earlier run."""
    home = FOLDER / f"{_fingerprint()}-{products}"
    empty, past = home / "empty", home / f"past-{sales}"
    if not empty.exists():
        _forget_others(home)
        tell(f"making a till with {products:,} products")
        _whole(empty, lambda folder: _new_till(folder, products))
    if not past.exists():
        tell(f"making {sales:,} past sales")
        goods = large_catalogue(products).products
        _whole(past, lambda folder: _with_sales(folder, empty, sales, goods))
    return World(empty, past, products, sales)


def copied(till: Path, name: str) -> Path:
    """Return a fresh copy of a till to work on."""
    work = FOLDER / "work" / name
    shutil.rmtree(work, ignore_errors=True)
    work.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(till, work)
    return work


def drop_work() -> None:
    """Remove every working copy."""
    shutil.rmtree(FOLDER / "work", ignore_errors=True)


def large_catalogue(count: int) -> Catalogue:
    """Return the sample catalogue grown to so many products, names and codes all different."""
    checked, _ = app.read_workbook(None)
    sample = checked.catalogue
    return replace(sample, products=tuple(_variants(sample.products, count)))


def _variants(models: tuple[Product, ...], count: int) -> Iterator[Product]:
    for n in range(count):
        model = models[n % len(models)]
        pattern, digits = n // len(models) + 1, f"20{n:010d}"
        yield replace(
            model,
            code=f"{model.code[:6]}-{n:06d}",
            name=Text(f"{model.name.th} ลายที่ {pattern}", f"{model.name.en}, pattern {pattern}"),
            barcode=digits + ean13_check_digit(digits),
            price=model.price + n % 97 * 100,
            unique=False,
            active=True,
            favourite=n < FAVOURITES,
        )


def past_sales(
    products: tuple[Product, ...], count: int, *, templates: int = TEMPLATES, most_lines: int = 3
) -> Iterator[Sale]:
    """Yield sales of random baskets in the order of time."""
    chance = random.Random(2569)
    terms = Terms(
        kind=DocumentKind.VAT_RECEIPT,
        vat_rate_bp=rate_on(BEGUN.date()),
        policy=SharePolicy(),
    )
    baskets = [_template(chance, products, terms, most_lines) for _ in range(min(templates, count))]
    for n in range(1, count + 1):
        day, of_day = divmod(n, A_DAY)
        at = BEGUN + timedelta(days=day) + timedelta(seconds=30 * of_day)
        yield replace(
            baskets[n - 1] if len(baskets) == count else chance.choice(baskets),
            id=(n.to_bytes(6, "big") + chance.randbytes(10)).hex(),
            n=n,
            at=at,
            business_date=business_day(at),
        )


def _template(
    chance: random.Random, products: tuple[Product, ...], terms: Terms, most_lines: int
) -> Sale:
    basket = Basket()
    sold = [product for product in chance.sample(products, most_lines) if product.active]
    for product in sold[: chance.randint(1, most_lines)]:
        basket, _ = basket.scan(product)
    paid = -(-basket.total // 100_00) * 100_00
    return complete(
        basket,
        [Tender(TenderKind.CASH, paid)],
        terms=terms,
        sale_id="",
        till=TILL,
        epoch=1,
        n=1,
        at=BEGUN,
        business_date=BEGUN.date(),
        by="SETUP",
    )


def add_sales(folder: Path, sales: Iterator[Sale]) -> None:
    """Put sales into a till's file in bulk, chained to its journal."""
    file = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        file.execute(f"PRAGMA {pragma}")
    file.execute("BEGIN IMMEDIATE")
    last = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"
    seq, previous = file.execute(last).fetchone()
    tables = (schema.journal, schema.sale, schema.sale_line, schema.tender)
    while piece := list(islice(sales, _PIECE)):
        laid_out: tuple[list[rows.Values], ...] = ([], [], [], [])
        for sale in piece:
            seq += 1
            at = write_moment(sale.at)
            line = entry_line(sale_body(sale), till=TILL, epoch=1, seq=seq, at=at)
            previous = chained(previous, line)
            laid_out[0].append((seq, "sale", at, line, previous))
            laid_out[1].append(rows.sale_row(sale, seq))
            laid_out[2].extend(rows.line_rows(sale, seq))
            laid_out[3].extend(rows.tender_rows(sale, seq))
        for table, values in zip(tables, laid_out, strict=True):
            file.executemany(insert(table.name), values)
        if piece[-1].n % 100_000 == 0:
            tell(f"  {piece[-1].n:,}")
    file.execute("COMMIT")
    file.close()


def new_till(folder: Path, catalogue: Catalogue, **settings: object) -> None:
    """Set a till up in a folder; its key is the same on every run."""
    set_up(
        folder,
        profile=app.new_profile(TILL, **({"install_id": "0" * 32} | settings)),
        catalogue=catalogue,
        catalogue_sha256="0" * 64,
        clock=lambda: BEGUN,
        random_bytes=lambda length: sha256(TILL.encode()).digest()[:length],
    )


def _new_till(folder: Path, products: int) -> None:
    printer = FOLDER / "printed"
    printer.mkdir(parents=True, exist_ok=True)
    new_till(folder, large_catalogue(products), printer=f"file:{printer}")


def _with_sales(folder: Path, empty: Path, sales: int, products: tuple[Product, ...]) -> None:
    shutil.copytree(empty, folder)
    add_sales(folder, past_sales(products, sales))


def _whole(folder: Path, make: Callable[[Path], None]) -> None:
    """Make a folder under another name first, so that a run cut short leaves no half of it."""
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    make(unfinished)
    unfinished.rename(folder)


def _forget_others(home: Path) -> None:
    for other in FOLDER.glob("*-*"):
        if other != home:
            shutil.rmtree(other, ignore_errors=True)


def _fingerprint() -> str:
    digest = sha256(Path(__file__).read_bytes())
    for shape in _SHAPES:
        place = ROOT / "tofan_pos" / shape
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    digest.update((ROOT / "resources" / "sample" / "catalogue.xlsx").read_bytes())
    return digest.hexdigest()[:12]
