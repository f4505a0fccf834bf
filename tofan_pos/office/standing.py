"""How far each enrolled till has come with a month: what leads from a sum to its documents."""

from dataclasses import dataclass
from datetime import date, timedelta

from tofan_pos.store.month import Series, TillHeld
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import SessionOpened
from tofan_pos.sync.sales import read_moment
from tofan_pos.thai.dates import business_day


@dataclass(frozen=True, slots=True, kw_only=True)
class TillStanding:
    """An enrolled till: its documents of the month, and how far its journal is held."""

    till: str
    epoch: int
    series: tuple[Series, ...] = ()
    """Its documents of the month by kind, each kind with its own numbers."""
    last: int = 0
    """Up to which entry its journal is held, 0 where nothing has come in."""
    missing: int = 0
    """How many entries before that one have not come in."""
    newest_day: date | None = None
    """On which day in Bangkok that entry was written; None where that cannot be told."""
    last_business_date: date | None = None
    """Of its newest sale with a date that can be true; None where it has none."""
    misdated: int = 0
    """How many of its sales bear a date that has not come yet."""
    open_since: date | None = None
    """The first business date of the session that nothing closed yet; None where none is open."""

    @property
    def name(self) -> str:
        """The till's code, and its epoch from the second on, as in document numbers."""
        return self.till if self.epoch == 1 else f"{self.till}.{self.epoch}"

    @property
    def documents(self) -> int:
        """How many documents of the month are held."""
        return sum(series.documents for series in self.series)

    def reaches(self, last_day: date) -> bool:
        """Tell whether anything has come in from a month's last day, or after it."""
        days = (self.last_business_date, self.newest_day)
        return any(day is not None and day >= last_day for day in days)

    def is_open_for(self, last_day: date) -> bool:
        """Tell whether a session of a month, or of one before, has not been closed.

        Its first day counts, whatever date was rolled to since: a void bears its sale's date.
        """
        return self.open_since is not None and self.open_since <= last_day


def horizon(today: date) -> date:
    """Return the last date a sale can bear in truth: a day's grace, for clocks that differ."""
    return min(today, date.max - timedelta(days=1)) + timedelta(days=1)


def standing(held: TillHeld, latest: date) -> TillStanding:
    """Return how a till stands; what it dates after `latest` tells nothing of how far it is."""
    sold = held.last_business_date
    return TillStanding(
        till=held.till,
        epoch=held.epoch,
        series=held.series,
        last=held.last,
        missing=held.missing,
        newest_day=_day_of(held.newest, latest) if held.newest else None,
        last_business_date=date.fromisoformat(sold) if sold else None,
        misdated=held.misdated,
        open_since=_open_since(held),
    )


def _open_since(held: TillHeld) -> date | None:
    if held.opened is None:
        return None
    opened = read_entry(held.opened)
    if held.closed is not None and read_entry(held.closed).seq > opened.seq:
        return None
    if isinstance(opened, SessionOpened):
        return date.fromisoformat(opened.body.business_date)
    # Written by a newer program: which day it sells for cannot be told, so it may be any.
    return date.min


def _day_of(line: bytes, latest: date) -> date | None:
    try:
        day = business_day(read_moment(read_entry(line).at))
    except (ValueError, OverflowError):
        # Of a kind that is new here, whose moment may be written in another way.
        return None
    return day if day <= latest else None
