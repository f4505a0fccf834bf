"""How every verb of head office finds its database, and gives it back."""

import os

import click

from tofan_pos import app
from tofan_pos.settings import read_settings

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
    return f"sqlite:///{read_settings(os.environ).folder / 'office.sqlite3'}"
