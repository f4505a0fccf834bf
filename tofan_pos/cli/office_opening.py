"""How every verb of head office finds its database, and gives it back."""

import os
from dataclasses import replace

import click

from tofan_pos import app
from tofan_pos.settings import read_settings
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.folder import make_folder

USUAL = "office.sqlite3"
"""The database where none is named, in the program's own folder."""

db_option = click.option(
    "--db", "url", default="", help="Any SQLAlchemy URL of SQLite or PostgreSQL."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")


def open_office(context: click.Context, url: str) -> app.Office:
    """Open head office until the command ends, well or not. Raises `Refusal` or `Trouble`."""
    office = app.build_office(database_url(context, url))
    context.call_on_close(office.store.close)
    return office


def database_url(context: click.Context, url: str) -> str:
    """Return the database named after the verb, before it, or the usual SQLite file."""
    root = context.find_root().obj
    named = url or root or os.environ.get("TOFAN_DB", "")
    if named:
        return str(named)
    return f"sqlite:///{read_settings(os.environ).folder / USUAL}"


def open_office_window(context: click.Context, language: str | None) -> int:
    """Open head office's window and return when it is closed. Raises `Refusal` or `Trouble`.

    Where no database was named and there is none yet, the usual one is made first: who opens a
    window for the first time knows of no commands.
    """
    settings = read_settings(os.environ)
    settings = replace(settings, language=language or settings.language)
    url = database_url(context, "")
    usual = settings.folder / USUAL
    if url == f"sqlite:///{usual}" and not usual.exists():
        make_folder(settings.folder)
        OfficeStore.create(url).close()
    from tofan_pos.office_window import open_window  # noqa: PLC0415 - windows are slow to load

    named = language or os.environ.get("TOFAN_LANG") or os.environ.get("TOFAN_THEME")
    return open_window(url, settings, as_last=not named)
