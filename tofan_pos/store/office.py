"""Head office's database, SQLite or PostgreSQL: tills, their journals, and what they sold."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import open_url, reading, troubles, writing
from tofan_pos.store.migrate import OFFICE, check, upgrade, version
from tofan_pos.store.month import MonthHeld, month_held
from tofan_pos.store.office_days import (
    Event,
    Stretch,
    count_between,
    events_held,
    net_between,
    stretch_held,
)
from tofan_pos.store.office_exceptions import PaidWith, odd_entries, paid_with
from tofan_pos.store.office_intake import Span, TillIntake, hash_at_on, spans_on
from tofan_pos.store.office_knock import answers, knows_key
from tofan_pos.store.office_returns import (
    Overdrawn,
    Oversold,
    Reused,
    overdrawn_held,
    oversold_held,
    reused_held,
)

_BACKENDS = {"sqlite", "postgresql", "postgres"}


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """A till whose key head office trusts, and how far its journal has come in one piece."""

    till: str
    epoch: int
    install_id: str
    public_key: bytes
    enrolled_at: str


class OfficeStore:
    """Head office's database, opened and at today's schema."""

    def __init__(self, url: str) -> None:
        """Open a database that `create` made. Raises `Refusal` or `Trouble`."""
        try:
            target = sa.make_url(url)
            if target.get_backend_name() not in _BACKENDS:
                raise Refusal(Why.DATABASE_URL, url=_without_secret(url))
            self._engine = open_url(target)
        except (sa.exc.ArgumentError, ValueError) as error:
            raise Refusal(Why.DATABASE_URL, url=_without_secret(url)) from error
        self.url = _without_secret(url)

    @classmethod
    def create(cls, url: str) -> "OfficeStore":
        """Make the tables in an empty database, or bring older ones up to date."""
        store = cls(url)
        try:
            with troubles():
                upgrade(store._engine, OFFICE)
        except BaseException:
            store.close()
            raise
        return store

    def check(self) -> None:
        """Refuse a database that was never set up, and bring an older one up to date."""
        if self._is_no_file() or version(self._engine) is None:
            raise Refusal(Why.OFFICE_MISSING, url=self.url)
        check(self._engine, OFFICE)

    def _is_no_file(self) -> bool:
        """Tell whether a SQLite file is missing: merely looking into it would make an empty one."""
        url = self._engine.url
        named = url.get_backend_name() == "sqlite" and url.database and not url.query
        return bool(named) and not Path(url.database or "").exists()

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    # --- tills ----------------------------------------------------------------------------------

    def enrol(self, till: EnrolledTill) -> bool:
        """Trust a till's key; tell whether it is new. Raises `Refusal(ALREADY_ENROLLED)`."""
        table = schema.office_till
        with writing(self._engine) as connection:
            known = connection.execute(
                sa.select(table).where(table.c.till == till.till, table.c.epoch == till.epoch)
            ).first()
            if known is not None:
                if known.public_key != till.public_key:
                    raise Refusal(Why.ALREADY_ENROLLED, till=till.till)
                return False
            try:
                connection.execute(
                    table.insert().values(
                        till=till.till,
                        epoch=till.epoch,
                        install_id=till.install_id,
                        public_key=till.public_key,
                        enrolled_at=till.enrolled_at,
                    )
                )
            except sa.exc.IntegrityError as error:
                raise Refusal(Why.ALREADY_ENROLLED, till=till.till) from error
        return True

    def tills(self) -> list[EnrolledTill]:
        """Return every enrolled till."""
        table = schema.office_till
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(table).order_by(table.c.till, table.c.epoch))
            return [_till_of(row) for row in found]

    def till(self, till: str, epoch: int) -> EnrolledTill | None:
        """Return one enrolled till."""
        table = schema.office_till
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(table).where(table.c.till == till, table.c.epoch == epoch)
            ).first()
        return _till_of(row) if row else None

    def knows_key(self, public_key: bytes) -> bool:
        """Tell whether any till was ever enrolled under a key, or took it later."""
        return knows_key(self._engine, public_key)

    def answers(self) -> bool:
        """Tell that the database answers. Raises `Trouble` where it does not."""
        return answers(self._engine)

    def spans(self, till: str, epoch: int) -> list[Span]:
        """Return what is held of a till's journal, in order."""
        with reading(self._engine) as connection:
            return spans_on(connection, till, epoch)

    def hash_at(self, till: str, epoch: int, seq: int) -> bytes | None:
        """Return the hash of an entry that is held."""
        with reading(self._engine) as connection:
            return hash_at_on(connection, till, epoch, seq)

    @contextmanager
    def intake(self, till: str, epoch: int) -> Iterator[TillIntake]:
        """Open the one transaction in which a file's entries are added to a till's journal."""
        table = schema.office_till
        with writing(self._engine) as connection:
            # The row is the lock: one importer a till, on PostgreSQL; SQLite has one writer.
            connection.execute(
                sa.select(table.c.till)
                .where(table.c.till == till, table.c.epoch == epoch)
                .with_for_update()
            )
            yield TillIntake(connection, till, epoch)

    # --- reports --------------------------------------------------------------------------------

    def month(self, first_day: str, last_day: str, *, horizon: str, group: str = "") -> MonthHeld:
        """Return what is held of business dates (ISO, both included), of every group or of one.

        `horizon` is the last date (ISO) that a sale can bear in truth.
        """
        return month_held(self._engine, first_day, last_day, horizon=horizon, group=group)

    def events(self, till: str, epoch: int, *kinds: str) -> list[Event]:
        """Return a till's entries of kinds (never `sale`), oldest first."""
        return events_held(self._engine, till, epoch, kinds)

    def stretch(self, till: str, epoch: int, *, first: int, last: int) -> Stretch:
        """Add up a stretch of a till's journal, both ends included."""
        return stretch_held(self._engine, till, epoch, first=first, last=last)

    def net(self, till: str, epoch: int, *, first: int, last: int) -> int:
        """Return what was sold less what was given back within a stretch, in satang."""
        return net_between(self._engine, till, epoch, first=first, last=last)

    def count(self, till: str, epoch: int, kind: str, *, first: int, last: int) -> int:
        """Count a till's entries of a kind (never `sale`) within a stretch."""
        return count_between(self._engine, till, epoch, kind, first=first, last=last)

    def odd_entries(self, till: str, epoch: int, kinds: Sequence[str]) -> Generator[Event]:
        """Yield a till's entries of kinds (never `sale`) and its odd sales, oldest first."""
        return odd_entries(self._engine, till, epoch, kinds)

    def paid_with(self, till: str, epoch: int) -> dict[str, PaidWith]:
        """Return how the sales were paid that a till refunded, by their numbers."""
        return paid_with(self._engine, till, epoch)

    def overdrawn(self) -> tuple[Overdrawn, ...]:
        """Return the sales of which more came back than was bought, over all tills."""
        return overdrawn_held(self._engine)

    def oversold(self) -> tuple[Oversold, ...]:
        """Return the one-of-a-kind pieces sold again without having come back, over all tills."""
        return oversold_held(self._engine)

    def reused(self) -> tuple[Reused, ...]:
        """Return the vouchers that were taken more than once, over all tills."""
        return reused_held(self._engine)

    def group_is_known(self, group: str) -> bool:
        """Tell whether a group was named by a catalogue or has sold anything."""
        named, line = schema.office_group, schema.office_line
        with reading(self._engine) as connection:
            for column in (named.c.code, line.c.maker_group):
                if connection.scalar(sa.select(column).where(column == group).limit(1)) is not None:
                    return True
        return False

    def counts(self) -> dict[str, int]:
        """Count entries, sales and lines held, and entries of unknown kinds."""
        with reading(self._engine) as connection:
            return {
                name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for name, table in (
                    ("entries", schema.entry),
                    ("sales", schema.office_sale),
                    ("lines", schema.office_line),
                )
            }


def _till_of(row: sa.Row[Any]) -> EnrolledTill:
    return EnrolledTill(row.till, row.epoch, row.install_id, row.public_key, row.enrolled_at)


def _without_secret(url: str) -> str:
    try:
        return sa.make_url(url).set(query={}).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        # What cannot be read may hold a password anywhere.
        return f"{url.partition(':')[0].partition('/')[0][:20]}…"
