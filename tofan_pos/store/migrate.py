"""Bring a database to today's schema; Alembic is loaded only where there is something to do."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import Connection, Engine

from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.store import schema
from tofan_pos.store.engine import open_sqlite, reading, troubles
from tofan_pos.store.till_file import NEWEST

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Lineage:
    """One database's line of migrations: its folder, its newest revision and its tables."""

    name: str
    newest: str
    tables: sa.MetaData


COUNTER = Lineage("counter", NEWEST, schema.till)
OFFICE = Lineage("office", "0006", schema.office)


def version(engine: Engine) -> str | None:
    """Return the revision a database stands at, or None where it is empty."""
    with reading(engine) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return found


def check(engine: Engine, lineage: Lineage) -> None:
    """Refuse a database that this program is too old for, and bring an older one up to date.

    Raises `Trouble(STORE_NEWER | STORE_DAMAGED)`; then nothing has been touched. Damage is also a
    database without a revision, or at one that nobody made: it is not ours to write into.
    """
    try:
        found = version(engine)
    except exc.DatabaseError as error:
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error.orig)) from error
    if found == lineage.newest:
        return
    if found is not None and found.isdigit() and found > lineage.newest:
        raise Trouble(Ailment.STORE_NEWER, found=found, known=lineage.newest)
    if found not in _revisions(lineage):
        raise Trouble(Ailment.STORE_DAMAGED, detail=f"revision {found!r}")
    upgrade(engine, lineage)


def make_till_file(path: Path) -> None:
    """Make a till's new, empty file."""
    engine = open_sqlite(path, create=True)
    try:
        upgrade(engine, COUNTER)
    finally:
        engine.dispose()


def check_till_file(path: Path) -> None:
    """Do what `check` does with a till's file."""
    engine = open_sqlite(path)
    try:
        check(engine, COUNTER)
    finally:
        engine.dispose()


def _revisions(lineage: Lineage) -> set[str]:
    """Return the revisions there are: the four digits in each migration's file name."""
    return {path.stem[1:5] for path in (_MIGRATIONS / lineage.name).glob("v*.py")}


def upgrade(engine: Engine, lineage: Lineage) -> None:
    """Run every migration that is missing, all in one transaction, and check foreign keys after."""
    from alembic import command  # noqa: PLC0415 - 240 ms that a till at its newest never pays
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("version_locations", str(_MIGRATIONS / lineage.name))
    config.set_main_option("path_separator", "os")
    with troubles(), engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # A table rebuilt with foreign keys on would take its children with it; the switch
            # does nothing inside a transaction, so it is thrown before one begins.
            _switch_foreign_keys(connection, on=False)
        try:
            with connection.execution_options(tofan_writes=True).begin():
                config.attributes["connection"] = connection
                config.attributes["lineage"] = lineage
                command.upgrade(config, "head")
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise Trouble(Ailment.STORE_DAMAGED, detail="foreign keys")
        finally:
            if sqlite:
                with contextlib.suppress(exc.DBAPIError):
                    _switch_foreign_keys(connection, on=True)


def _switch_foreign_keys(connection: Connection, *, on: bool) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
