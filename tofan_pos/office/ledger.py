"""The makers' share by month and producer group, added up from what each line was sold for."""

import calendar
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.outstanding import asking, standings, turned_away
from tofan_pos.office.standing import TillStanding, Unclosed, horizon
from tofan_pos.store.month import GroupTotals, MonthHeld
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.twice import SoldAgain, TakenBack
from tofan_pos.sync.published import unseal_catalogue
from tofan_pos.thai.numerals import to_arabic

_BUDDHIST = 543
_LAST_CE_YEAR = 2400
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


class Lack(StrEnum):
    """Why the figures of a month can still change."""

    MONTH_RUNS = "month_runs"
    ENTRIES_MISSING = "entries_missing"
    NOTHING_SENT = "nothing_sent"
    NOT_SENT_TO_THE_END = "not_sent_to_the_end"
    SESSION_OPEN = "session_open"
    KEPT_APART = "kept_apart"
    """Sales of it contradict what is held, and nobody has decided what they are."""
    TURNED_AWAY = "turned_away"
    """Files were seen and not taken in, as nobody trusts their key: any month's sales may be in."""
    ASKS_TO_BE_ENROLLED = "asks_to_be_enrolled"
    """A till that may have sold waits for a person to enrol it."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing that keeps a month from being final, and the tills it is about.

    `strangers` are names of tills whose keys nobody trusts: head office may know nothing of them.
    """

    lack: Lack
    tills: tuple[TillStanding, ...] = ()
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareReport:
    """What each group sold in a month and is owed for it, in satang."""

    first_day: date
    last_day: date
    groups: tuple[GroupTotals, ...]
    documents: int
    tills: tuple[TillStanding, ...]
    """Every enrolled till, whatever group was asked for."""
    as_of: date
    """The day in Bangkok on which head office held this."""
    misdated: int = 0
    """How many sales are held, of any month, with a date later than the day after `as_of`."""
    group: str = ""
    """The one group asked for, or empty for all."""
    turned_away: tuple[str, ...] = ()
    """The tills whose files were not taken in for whose key they bore, by name."""
    asking: tuple[str, ...] = ()
    """The tills that wait to be enrolled, by name."""
    policies: tuple[int, ...] = ()
    """The share policies it was sold under, by their numbers."""
    taken_back: tuple[TakenBack, ...] = ()
    """Sales of which more came back than was bought, and the share that this took in the month."""
    sold_again: tuple[SoldAgain, ...] = ()
    """One-of-a-kind pieces sold too often, and the share counted for them in the month."""

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

    @property
    def gaps(self) -> int:
        """How many entries are known to be missing."""
        return sum(till.missing for till in self.tills)

    @property
    def unclosed(self) -> tuple[Unclosed, ...]:
        """Sessions that no Z will close, and what they sold within the month."""
        found = (till.unclosed for till in self.tills)
        return tuple(one for one in found if one and (one.sales or one.total))

    @property
    def open_points(self) -> tuple[OpenPoint, ...]:
        """Why these figures can still change, as far as head office can tell."""
        runs = (OpenPoint(Lack.MONTH_RUNS),) if self.as_of <= self.last_day else ()
        expected = [till for till in self.tills if till.expected]
        about = (
            (Lack.ENTRIES_MISSING, [till for till in self.tills if till.owed]),
            (Lack.NOTHING_SENT, [till for till in expected if not till.last]),
            (
                Lack.NOT_SENT_TO_THE_END,
                [till for till in expected if till.last and not till.reaches(self.last_day)],
            ),
            (Lack.SESSION_OPEN, [till for till in expected if till.is_open_for(self.last_day)]),
            (Lack.KEPT_APART, [till for till in self.tills if till.apart]),
        )
        strange = (
            (Lack.TURNED_AWAY, self.turned_away),
            (Lack.ASKS_TO_BE_ENROLLED, self.asking),
        )
        return (
            *runs,
            *(OpenPoint(lack, tuple(tills)) for lack, tills in about if tills),
            *(OpenPoint(lack, strangers=names) for lack, names in strange if names),
        )

    @property
    def final(self) -> bool:
        """Tell whether nothing is known that can still change these figures."""
        return not self.open_points


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


def share_report(store: OfficeStore, month: str, *, as_of: date, group: str = "") -> ShareReport:
    """Add up a month, of every group or of one, as held on a day. Raises `Refusal(NO_SUCH_GROUP)`.

    `as_of` is today in Bangkok.
    """
    first, last = month_of(month)
    if group and not store.group_is_known(group):
        raise Refusal(Why.NO_SUCH_GROUP, group=group[:40])
    latest = horizon(as_of)
    held = store.month(first.isoformat(), last.isoformat(), horizon=latest.isoformat(), group=group)
    return ShareReport(
        first_day=first,
        last_day=last,
        groups=_labelled(held),
        documents=held.documents,
        tills=tuple(standings(held, (first, last), latest)),
        as_of=as_of,
        misdated=sum(till.misdated for till in held.tills),
        group=group,
        turned_away=turned_away(held),
        asking=asking(held),
        policies=held.policies,
        taken_back=tuple(one for one in held.taken_back if group in {"", one.group}),
        sold_again=tuple(one for one in held.sold_again if group in {"", one.group}),
    )


def _labelled(held: MonthHeld) -> tuple[GroupTotals, ...]:
    """Return groups by the names that head office published last; what a till says comes after.

    A till names them for people to read before anything was published, and where it was loaded by
    hand; it must not rename a group that head office has named.
    """
    names = {}
    # A version of long ago may be beyond what is published today: no reason to add nothing up.
    if held.groups and held.published:
        with suppress(Refusal):
            catalogue = unseal_catalogue(held.published.content).catalogue()
            names = {one.code: one.label for one in catalogue.groups}
    return tuple(
        replace(one, label_th=names[one.group].th, label_en=names[one.group].en)
        if one.group in names
        else one
        for one in held.groups
    )
