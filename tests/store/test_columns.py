"""The columns as plain text are those of the schema, in the same order."""

from tofan_pos.store import schema
from tofan_pos.store.columns import COLUMNS, insert, select


def test_the_plain_columns_are_the_schemas() -> None:
    tables = schema.till.tables.values()
    assert {table.name: tuple(table.columns.keys()) for table in tables} == COLUMNS


def test_sql_names_every_column() -> None:
    assert insert("tender") == (
        'INSERT INTO tender ("sale", "position", "kind", "amount", "code", "reference") '
        "VALUES (?, ?, ?, ?, ?, ?)"
    )
    assert select("picture", "WHERE sha256 = ?") == (
        'SELECT picture."sha256", picture."content" FROM picture WHERE sha256 = ?'
    )
