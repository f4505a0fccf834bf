"""The way in: reads a catalogue workbook as a whole, and tells all that is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from tofan_pos.domain.catalogue import KnownTill
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.people import Staff
from tofan_pos.domain.promotion import Promotion
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.rules import DatedPrice, Rules
from tofan_pos.domain.sale import TenderType
from tofan_pos.workbook.faults import Fault, Findings, Unfit
from tofan_pos.workbook.groups import GROUPS, Register
from tofan_pos.workbook.package import LARGEST_FILE, read_bounded
from tofan_pos.workbook.pictures import pictures_beside
from tofan_pos.workbook.prices import PRICES, Prices
from tofan_pos.workbook.products import PRODUCTS, Shelf
from tofan_pos.workbook.promotions import PROMOTIONS, Goods, Offers
from tofan_pos.workbook.rules import RULES, Given
from tofan_pos.workbook.sheets import Workbook, open_workbook
from tofan_pos.workbook.staff import STAFF, Roster
from tofan_pos.workbook.table import lines, sheet_of
from tofan_pos.workbook.tenders import TENDERS, Tenders
from tofan_pos.workbook.tills import TILLS, Tills

_ROWS_A_STEP: Final = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """A catalogue without a fault, and what is still worth a look before it is published."""

    catalogue: Catalogue
    warnings: tuple[Fault, ...]


def read_catalogue(
    path: Path, *, today: date, progress: Callable[[int], None] | None = None
) -> Checked:
    """Return the catalogue in a workbook, with the pictures it names beside it.

    `progress` is told the number of products read, every 500 and at the end; what it raises ends
    the reading. Nothing outside the workbook and its pictures is opened.

    Raises Refusal(CATALOGUE_FAULTS) with every fault found as `faults`, their number as `count`,
    and the `warnings`; and Trouble(FILE_UNREADABLE) where there is no such file, or no right to it.
    """
    content = read_bounded(path, most=LARGEST_FILE)
    findings = Findings()
    catalogue = Catalogue(products=(), groups=())
    try:
        catalogue = _catalogue(open_workbook(content), path, today, findings, progress)
    except Unfit as unfit:
        findings.add(Fault(problem=unfit.problem, value=path.name, facts=unfit.facts))
    if findings.faults:
        raise Refusal(
            Why.CATALOGUE_FAULTS,
            count=findings.count,
            faults=findings.all_faults(),
            warnings=findings.all_warnings(),
        )
    return Checked(catalogue, findings.all_warnings())


def _catalogue(
    book: Workbook,
    path: Path,
    today: date,
    findings: Findings,
    progress: Callable[[int], None] | None,
) -> Catalogue:
    register = Register()
    for line in lines(book, GROUPS, findings):
        register.put(line)
    known = frozenset(register.codes) if register.codes else None
    shelf = Shelf(groups=known, pictures=pictures_beside(path), today=today)
    count = 0
    for count, line in enumerate(lines(book, PRODUCTS, findings), start=1):
        shelf.put(line)
        if progress is not None and count % _ROWS_A_STEP == 0:
            progress(count)
    if progress is not None:
        progress(count)
    return Catalogue(
        products=tuple(shelf.products),
        groups=tuple(register.groups),
        pictures=tuple(shelf.pictures.taken.values()),
        staff=_staff(book, findings),
        promotions=_promotions(book, shelf, findings),
        tender_types=_tender_types(book, findings),
        known_tills=_known_tills(book, findings),
        prices=_prices(book, shelf, findings),
        rules=_rules(book, findings),
    )


def _staff(book: Workbook, findings: Findings) -> tuple[Staff, ...] | None:
    """Return who works at the tills, or None where the workbook has no sheet for it."""
    sheet = sheet_of(book, STAFF)
    if not sheet:
        return None
    roster = Roster()
    count = findings.count
    for line in lines(book, STAFF, findings):
        roster.put(line)
    # Where the sheet itself is at fault, who is in it is not known yet.
    if roster.codes or findings.count == count:
        roster.close(sheet, findings)
    return tuple(roster.staff)


def _promotions(book: Workbook, shelf: Shelf, findings: Findings) -> tuple[Promotion, ...]:
    if not sheet_of(book, PROMOTIONS):
        return ()
    prices = {product.code: product.price for product in shelf.products}
    known = Goods(codes=shelf.codes, prices=prices, categories=shelf.categories)
    offers = Offers(goods=known if any(shelf.codes) else None, today=shelf.today)
    for line in lines(book, PROMOTIONS, findings):
        offers.put(line)
    return tuple(offers.promotions)


def _tender_types(book: Workbook, findings: Findings) -> tuple[TenderType, ...]:
    tenders = Tenders()
    for line in lines(book, TENDERS, findings):
        tenders.put(line)
    return tuple(tenders.types)


def _known_tills(book: Workbook, findings: Findings) -> tuple[KnownTill, ...]:
    tills = Tills()
    for line in lines(book, TILLS, findings):
        tills.put(line)
    return tuple(tills.tills)


def _prices(book: Workbook, shelf: Shelf, findings: Findings) -> tuple[DatedPrice, ...]:
    prices = Prices(codes=shelf.codes if any(shelf.codes) else None)
    for line in lines(book, PRICES, findings):
        prices.put(line)
    return tuple(prices.prices)


def _rules(book: Workbook, findings: Findings) -> Rules:
    given = Given()
    for line in lines(book, RULES, findings):
        given.put(line)
    return given.rules()
