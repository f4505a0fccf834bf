"""The makers' share by month and producer group, added up from what each line was sold for."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store.office import GroupTotals, OfficeStore
from tofan_pos.thai.numerals import to_arabic

_BUDDHIST = 543
_LAST_CE_YEAR = 2400
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReport:
    """What each group sold in a month and is owed for it, in satang."""

    first_day: date
    last_day: date
    groups: tuple[GroupTotals, ...]
    documents: int
    gaps: int
    """How many entries are known to be missing: with any, the figures are not final."""
    group: str = ""
    """The one group asked for, or empty for all."""

    @property
    def sales(self) -> int:
        """What customers paid, VAT included."""
        return sum(group.sales for group in self.groups)

    @property
    def refunds(self) -> int:
        """What customers were paid back, VAT included."""
        return sum(group.refunds for group in self.groups)

    @property
    def vat(self) -> int:
        """The VAT within sales less refunds."""
        return sum(group.vat for group in self.groups)

    @property
    def share(self) -> int:
        """What is owed to the makers."""
        return sum(group.share for group in self.groups)


def month_of(text: str) -> tuple[date, date]:
    """Read a month (`2026-11`, or `2569-11` in พ.ศ.) into its first and last day.

    Raises `Refusal(MONTH_UNREADABLE)`.
    """
    match = _MONTH.fullmatch(to_arabic(text).strip())
    if match is None:
        raise Refusal(Why.MONTH_UNREADABLE, text=text[:20])
    year, month = int(match[1]), int(match[2])
    if year > _LAST_CE_YEAR:
        year -= _BUDDHIST
    try:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise Refusal(Why.MONTH_UNREADABLE, text=text[:20]) from error


def share_report(
    store: OfficeStore, month: str, *, group: str = "", missing: int = 0
) -> ShareReport:
    """Add up a month, of every group or of one. Raises `Refusal(NO_SUCH_GROUP)`."""
    first, last = month_of(month)
    if group and not store.group_is_known(group):
        raise Refusal(Why.NO_SUCH_GROUP, group=group[:40])
    days = first.isoformat(), last.isoformat()
    return ShareReport(
        first_day=first,
        last_day=last,
        groups=tuple(store.group_totals(*days, group=group)),
        documents=store.documents(*days, group=group),
        gaps=missing,
        group=group,
    )
