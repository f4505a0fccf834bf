"""Finding receipts again: by number, day, amount, or what was sold on them; the newest first."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from tofan_pos.counter.papers import Papers
from tofan_pos.counter.shelf import LONGEST_SCAN, Shelf
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.money import parse_baht
from tofan_pos.domain.reversal import ReversalKind
from tofan_pos.domain.till import TillProfile
from tofan_pos.store.counter import CounterStore
from tofan_pos.store.day import Found, Wanted
from tofan_pos.store.reading import Reading
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import parse_date
from tofan_pos.thai.numerals import to_arabic

_SHOWN = 60
_PRODUCTS = 8
"""So many products a part of a name may mean; of more, people type another letter."""
_DAY = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt in a list: amounts in satang, `at` in UTC, and how many pieces came back of it."""

    seq: int
    number: str
    at: datetime
    total: int
    pieces: int
    returned: int = 0
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """One till's receipts, as people look for them."""

    store: CounterStore
    profile: TillProfile
    shelf: Shelf
    papers: Papers

    def find(
        self, text: str = "", *, today: date, day: date | None = None, limit: int = _SHOWN
    ) -> list[Receipt]:
        """Return the receipts a text may mean, or all of a (CE) day, newest first.

        The text is a number of a receipt or refund or its last digits, a day (`22/11` is the last
        one that was), an amount in baht, or a product's code or part of its name. Whatever one of
        these readings finds is there; a number that fits stands first. Raises `Trouble` only.
        """
        text = text.strip()[:LONGEST_SCAN]
        numbered = self._numbered(text) if text else None
        on = day.isoformat() if day else ""
        wanted = self._wanted(text, on, today) if text else [Wanted(business_date=on)]
        found: dict[int, Found] = {}
        for ask in wanted:
            # One short look for each: a sale that is being completed waits for none of the others.
            with self.store.reading() as look:
                found |= {one.seq: one for one in look.find_sales(ask, limit=limit)}
        order = sorted(found, key=lambda seq: (seq != numbered, -seq))
        with self.store.reading() as look:
            if numbered is not None and numbered not in found:
                first = self._found_at(look, numbered)
                return [first, *self._all(look, (found[seq] for seq in order[: limit - 1]))]
            return list(self._all(look, (found[seq] for seq in order[:limit])))

    def _numbered(self, text: str) -> int | None:
        """Return the entry of the sale whose number, or whose refund's, a text is."""
        with suppress(Refusal):
            return self.papers.find(text).seq
        with suppress(Refusal):
            return self.papers.find(self.papers.find_refund(text).reversal.of).seq
        return None

    def _wanted(self, text: str, on: str, today: date) -> Iterator[Wanted]:
        with suppress(ValueError):
            yield Wanted(business_date=_day_of(text, today).isoformat())
        with suppress(Refusal):
            yield Wanted(business_date=on, total=parse_baht(to_arabic(text)))
        for code in self._codes(text):
            yield Wanted(business_date=on, code=code)

    def _codes(self, text: str) -> list[str]:
        with suppress(Refusal):
            return [self.shelf.scan(text).code]
        found = [product.code for product in self.shelf.search(text, limit=_PRODUCTS)]
        # What the catalogue no longer has was sold under its code all the same.
        return found or [text.upper()]

    def _all(self, look: Reading, found: Iterable[Found]) -> Iterator[Receipt]:
        for one in found:
            number = self.papers.number(one.series, one.n, epoch=one.epoch)
            yield _receipt(
                look,
                number,
                seq=one.seq,
                at=read_moment(one.at),
                total=one.total,
                pieces=one.pieces,
            )

    @staticmethod
    def _found_at(look: Reading, seq: int) -> Receipt:
        stored = look.sale_at(seq)
        if stored is None:
            raise KeyError(seq)
        sale = stored.sale
        return _receipt(
            look, sale.number, seq=seq, at=sale.at, total=sale.total, pieces=sale.quantity
        )


def _receipt(  # noqa: PLR0913 - the facts of one row
    look: Reading, number: str, *, seq: int, at: datetime, total: int, pieces: int
) -> Receipt:
    reversals = look.reversals_of(number)
    voided = any(one.kind is ReversalKind.VOID for one in reversals)
    returned = 0 if voided else sum(one.quantity for one in reversals)
    return Receipt(
        seq=seq,
        number=number,
        at=at,
        total=total,
        pieces=pieces,
        returned=returned,
        voided=voided,
    )


def _day_of(text: str, today: date) -> date:
    """Return the day a text means, the last one that was where it names no year."""
    match = _DAY.fullmatch(to_arabic(text))
    if match is None:
        return parse_date(text)
    day, month = int(match[1]), int(match[2])
    with suppress(ValueError):
        this_year = date(today.year, month, day)
        if this_year <= today:
            return this_year
    return date(today.year - 1, month, day)
