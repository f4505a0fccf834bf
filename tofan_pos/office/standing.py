"""How far each enrolled till has come with a month: what leads from a sum to its documents."""

from dataclasses import dataclass
from datetime import date, timedelta

from tofan_pos.store.month import Series
from tofan_pos.store.office_chain import Apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclosed:
    """A session that no Z will close, and what was sold in it that is in none; in satang.

    Of a month it is what was sold within that. What came back is taken off.
    """

    till: str
    epoch: int
    n: int
    """Its number, nought where a newer program opened it."""
    since: date
    """The business date it was opened for."""
    sales: int
    total: int
    share: int
    goes_on: bool
    """Whether it goes on in a later epoch: then this is what was sold here after that began."""
    whole: bool
    """Whether nothing of it is missing; else a closing may be among that."""

    @property
    def name(self) -> str:
        """The till's code, and its epoch from the second on."""
        return self.till if self.epoch == 1 else f"{self.till}.{self.epoch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillStanding:
    """An epoch of a till: its documents of the month, and how far its journal is held."""

    till: str
    epoch: int
    series: tuple[Series, ...] = ()
    """Its documents of the month by kind, each kind with its own numbers."""
    last: int = 0
    """Up to which entry its journal is held, 0 where nothing has come in."""
    missing: int = 0
    """How many entries have not come in: before that one, before where it was left, or lost."""
    owed: int = 0
    """How many of these are still waited for: none once people have settled that they are gone."""
    expected: bool = True
    """Whether more may come: not where it was left for a later epoch, or taken down for good."""
    followed: bool = False
    """Whether a later epoch of the till is known."""
    newest_day: date | None = None
    """On which day in Bangkok that entry was written; None where that cannot be told."""
    last_business_date: date | None = None
    """Of its newest sale with a date that can be true; None where it has none."""
    misdated: int = 0
    """How many of its sales bear a date that has not come yet."""
    open_since: date | None = None
    """The first business date of the session that nothing closed yet; None where none is open.

    It may have been opened in an epoch before.
    """
    unclosed: Unclosed | None = None
    """That session where nobody will close it: the epoch was left, retired or revoked."""
    apart: tuple[Apart, ...] = ()
    """Files with documents of the month that are kept apart, and that nobody has settled."""
    set_aside: tuple[Apart, ...] = ()
    """Such files that people have settled: they are in no sum."""

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
