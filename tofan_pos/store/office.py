"""Head office's database, SQLite or PostgreSQL: tills, their journals, and what they sold."""

from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.store import office_tables as schema
from tofan_pos.store.engine import open_url, reading, troubles
from tofan_pos.store.migrate import OFFICE, check, upgrade, version
from tofan_pos.store.month import MonthHeld, TillsHeld, month_held, tills_held
from tofan_pos.store.office_chain import Piece
from tofan_pos.store.office_days import (
    Event,
    Stretch,
    count_between,
    events_held,
    net_between,
    newest_held,
    stretch_held,
)
from tofan_pos.store.office_exceptions import PaidWith, odd_entries, paid_with
from tofan_pos.store.office_knock import answers, knows_key
from tofan_pos.store.office_returns import (
    Overdrawn,
    Oversold,
    Reused,
    overdrawn_held,
    oversold_held,
    reused_held,
)
from tofan_pos.store.office_room import TillRoom
from tofan_pos.store.office_tills import EnrolledTill

__all__ = ["EnrolledTill", "OfficeStore"]

_BACKENDS = {"sqlite", "postgresql", "postgres"}


class OfficeStore(TillRoom):
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
        """Make the tables in an empty database, or bring older ones up to date.

        A SQLite file that was not there is for its owner alone: what is published holds what PINs
        are proved by.
        """
        store = cls(url)
        if store._is_no_file():
            with suppress(OSError):
                # Where it cannot be, SQLite says why.
                Path(store._engine.url.database or "").touch(mode=0o600)
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

    @property
    def place(self) -> str:
        """Which database this is: the same for everybody who opens it here."""
        url = self._engine.url
        if url.get_backend_name() == "sqlite":
            return str(Path(url.database or "").resolve())
        host = url.host or url.query.get("host", "")
        return f"{url.get_backend_name()}:{host}:{url.port or ''}/{url.database}"

    @property
    def folder(self) -> Path | None:
        """The folder that a SQLite database lies in, None of any other."""
        url = self._engine.url
        if url.get_backend_name() != "sqlite" or not url.database:
            return None
        return Path(url.database).resolve().parent

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    # --- whoever knocks -------------------------------------------------------------------------

    def knows_key(self, public_key: bytes) -> bool:
        """Tell whether any till was ever enrolled under a key, or took it later."""
        return knows_key(self._engine, public_key)

    def answers(self) -> bool:
        """Tell that the database answers. Raises `Trouble` where it does not."""
        return answers(self._engine)

    # --- reports --------------------------------------------------------------------------------

    def month(self, first_day: str, last_day: str, *, horizon: str, group: str = "") -> MonthHeld:
        """Return what is held of business dates (ISO, both included), of every group or of one.

        `horizon` is the last date (ISO) that a sale can bear in truth.
        """
        return month_held(self._engine, first_day, last_day, horizon=horizon, group=group)

    def standing(self, *, horizon: str) -> TillsHeld:
        """Return how every till stands, and what each sold since its last session's beginning."""
        return tills_held(self._engine, horizon=horizon)

    def events(self, till: str, epoch: int, *kinds: str) -> list[Event]:
        """Return a till's entries of kinds (never `sale`), oldest first."""
        return events_held(self._engine, till, epoch, kinds)

    def newest(self, till: str, piece: Piece, kind: str) -> Event | None:
        """Return a till's newest entry of a kind (never `sale`) within a stretch."""
        return newest_held(self._engine, till, piece, kind)

    def stretch(self, till: str, pieces: Sequence[Piece]) -> Stretch:
        """Add up a stretch of a till's journal: its pieces, oldest first, at least one."""
        return stretch_held(self._engine, till, pieces)

    def net(self, till: str, pieces: Sequence[Piece]) -> int:
        """Return what was sold less what was given back within a stretch, in satang."""
        return sum(
            net_between(self._engine, till, one.epoch, first=one.first, last=one.last)
            for one in pieces
        )

    def count(self, till: str, kind: str, pieces: Sequence[Piece]) -> int:
        """Count a till's entries of a kind (never `sale`) within a stretch."""
        return sum(
            count_between(self._engine, till, one.epoch, kind, first=one.first, last=one.last)
            for one in pieces
        )

    def odd_entries(self, till: str, piece: Piece, kinds: Sequence[str]) -> Generator[Event]:
        """Yield a stretch's entries of kinds (never `sale`) and its odd sales, oldest first."""
        return odd_entries(self._engine, till, piece, kinds)

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


def _without_secret(url: str) -> str:
    try:
        return sa.make_url(url).set(query={}).render_as_string(hide_password=True)
    except (sa.exc.ArgumentError, ValueError):
        # What cannot be read may hold a password anywhere.
        return f"{url.partition(':')[0].partition('/')[0][:20]}…"
