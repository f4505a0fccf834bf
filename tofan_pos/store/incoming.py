"""What head office published, in the till's file: files that came, dated prices, rules, stories.

SQLite wipes what is deleted (`secure_delete`), but not every copy that it left in the unused part
of a page when it moved rows about. So a table that lost a story is written anew, whole.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from tofan_pos.domain.catalogue import Picture, SharePolicy
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.domain.published import Catalogue, Told
from tofan_pos.domain.rules import DatedPolicy, DatedPrice, Head, Rules
from tofan_pos.domain.tax import TaxRate
from tofan_pos.store.columns import COLUMNS, insert, select
from tofan_pos.store.rows import Values, readable

WAITING, IN_USE, BEFORE, REFUSED = "waiting", "current", "earlier", "refused"
"""What a file that came may be. Of one length: so SQLite changes one without writing the file."""

_POLICY, _VAT, _HEAD, _PRICED = "policy", "vat", "head", "priced"
_ALWAYS = ""
"""The date of what held before any date: less than every other."""

_RULES = select("rule", "ORDER BY kind, since")
_PRICES = select("price", "ORDER BY product, since")
_FILES = """
SELECT version, state, sha256, office_key, problem, length(content) FROM incoming ORDER BY version
"""
_TOLD = """
SELECT code, story_short_th, story_short_en, story_th, story_en, picture FROM product
"""
_IN_FORCE = """
SELECT price.price FROM price WHERE price.product = product.code AND price.since <= :day
ORDER BY price.since DESC LIMIT 1
"""
_SET_PRICES = f"""
UPDATE product SET price = ({_IN_FORCE})
WHERE code IN (SELECT product FROM price) AND price IS NOT ({_IN_FORCE})
"""  # noqa: S608 - our own text
_IS_PRICED = """
SELECT NOT EXISTS (SELECT 1 FROM price)
OR EXISTS (SELECT 1 FROM rule WHERE kind = :kind AND since = :day)
"""
_OVER = "SELECT code FROM product WHERE story_until IS NOT NULL AND story_until < ? ORDER BY code"
_TELLING = ("story_until", "story_short_th", "story_short_en", "story_th", "story_en", "picture")


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A file that came: its version and state; `problem` is why it was refused.

    `size` is how many bytes of it are kept, nought where it was forgotten.
    """

    version: int
    state: str
    sha256: str
    office_key: bytes
    problem: str
    size: int


# --- the files -----------------------------------------------------------------------------------


def incoming_on(connection: sqlite3.Connection) -> list[IncomingRow]:
    """Return the files that came, oldest version first, without their content."""
    with readable():
        return [
            IncomingRow(version, state, digest, bytes(key), problem, size)
            for version, state, digest, key, problem, size in connection.execute(_FILES)
        ]


def content_on(connection: sqlite3.Connection, version: int) -> bytes:
    """Return a file's bytes, empty where they are not kept."""
    wanted = "SELECT content FROM incoming WHERE version = ?"
    found = connection.execute(wanted, (version,)).fetchone()
    with readable():
        return bytes(found[0]) if found else b""


def keep_incoming(connection: sqlite3.Connection, row: IncomingRow, content: bytes) -> None:
    """Keep a file that came."""
    values = (row.version, row.state, row.sha256, row.office_key, row.problem, content)
    connection.execute(insert("incoming"), values)


def set_incoming(
    connection: sqlite3.Connection, states: dict[int, str], *, problem: str = ""
) -> None:
    """Keep only some files, each with its new state; all others are forgotten."""
    if set(states) != {row.version for row in incoming_on(connection)}:
        # Written anew, so that nothing of the others stays behind.
        kept = [row for row in connection.execute(select("incoming")) if row[0] in states]
        connection.execute("DELETE FROM incoming")
        connection.executemany(insert("incoming"), kept)
    connection.executemany(
        "UPDATE incoming SET state = ?, problem = ? WHERE version = ? AND state != ?",
        [(state, problem, version, state) for version, state in states.items()],
    )


def empty_incoming(connection: sqlite3.Connection, version: int) -> None:
    """Forget what is in a file, and keep that it came."""
    rows = connection.execute(select("incoming")).fetchall()
    connection.execute("DELETE FROM incoming")
    connection.executemany(
        insert("incoming"), [(*row[:-1], b"") if row[0] == version else row for row in rows]
    )


# --- stories -------------------------------------------------------------------------------------


def told_on(connection: sqlite3.Connection) -> dict[str, Told]:
    """Return what the products tell and show, by their codes."""
    with readable():
        return {
            code: Told(tuple(text for text in texts if text), picture)
            for code, *texts, picture in connection.execute(_TOLD)
        }


def over_on(connection: sqlite3.Connection, day: str) -> tuple[str, ...]:
    """Return the codes of the products whose story's lease is over on a day (ISO)."""
    return tuple(code for (code,) in connection.execute(_OVER, (day,)))


def forget_stories(connection: sqlite3.Connection, codes: Collection[str]) -> None:
    """Take the stories and pictures of products out of the file, so that no byte of them stays."""
    gone = frozenset(codes)
    columns = COLUMNS["product"]
    places = {columns.index(name) for name in _TELLING}
    shown = columns.index("picture")
    blank = tuple(None if name == "story_until" else "" for name in columns)
    products = [
        tuple(blank[i] if i in places else value for i, value in enumerate(row))
        if row[0] in gone
        else row
        for row in connection.execute(select("product", "ORDER BY rowid"))
    ]
    wanted = {row[shown] for row in products}
    pictures = [row for row in connection.execute(select("picture")) if row[0] in wanted]
    beside = {
        table: connection.execute(select(table)).fetchall() for table in ("product_search", "price")
    }
    anew: dict[str, list[Values]] = {"picture": pictures, "product": products, **beside}
    write_anew(connection, anew)


def set_pictures(connection: sqlite3.Connection, pictures: Iterable[Picture]) -> None:
    """Keep these pictures and no others; where all of before stay, only new ones are written."""
    wanted = {picture.sha256: picture.content for picture in pictures}
    held = {digest for (digest,) in connection.execute("SELECT sha256 FROM picture")}
    if not held <= set(wanted):
        connection.execute("DELETE FROM picture")
        held = set()
    connection.executemany(
        insert("picture"), [(name, wanted[name]) for name in wanted if name not in held]
    )


def write_anew(connection: sqlite3.Connection, tables: dict[str, list[Values]]) -> None:
    """Put rows in the place of all that tables held; a table stands after those it refers to."""
    for table in reversed(tables):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    for table, rows in tables.items():
        connection.executemany(insert(table), rows)


# --- prices and rules by date --------------------------------------------------------------------


def price_rows(catalogue: Catalogue) -> list[Values]:
    """Return the rows of dated prices, and of what their products cost before any date."""
    dated = {price.product for price in catalogue.prices}
    return [
        *((p.code, _ALWAYS, p.price) for p in catalogue.products if p.code in dated),
        *((p.product, p.since.isoformat(), p.price) for p in catalogue.prices),
    ]


def prices_on(connection: sqlite3.Connection) -> tuple[dict[str, int], tuple[DatedPrice, ...]]:
    """Return what products with dated prices cost before any date, and their dated prices."""
    found = connection.execute(_PRICES).fetchall()
    with readable():
        return (
            {product: price for product, since, price in found if since == _ALWAYS},
            tuple(
                DatedPrice(product, date.fromisoformat(since), price)
                for product, since, price in found
                if since != _ALWAYS
            ),
        )


def rule_rows(rules: Rules) -> list[Values]:
    """Return the rows of rules; columns as in `schema.rule`."""
    return [
        *((_POLICY, one.since.isoformat(), _written(one.policy)) for one in rules.policies),
        *((_VAT, one.since.isoformat(), _written(one.rate_bp)) for one in rules.rates),
        *((_HEAD, one.since.isoformat(), _written(one)) for one in rules.heads),
    ]


def rules_on(connection: sqlite3.Connection) -> Rules:
    """Return every rule that holds here at some date. Raises `Trouble(STORE_DAMAGED)`."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, since, value in connection.execute(_RULES):
        found.setdefault(kind, []).append((since, value))
    if not found:
        return Rules()
    try:
        with readable():
            return Rules(
                policies=tuple(
                    DatedPolicy(
                        date.fromisoformat(since), msgspec.json.decode(value, type=SharePolicy)
                    )
                    for since, value in found.get(_POLICY, ())
                ),
                rates=tuple(
                    TaxRate(date.fromisoformat(since), msgspec.json.decode(value, type=int))
                    for since, value in found.get(_VAT, ())
                ),
                heads=tuple(
                    msgspec.json.decode(value, type=Head) for _, value in found.get(_HEAD, ())
                ),
            )
    except msgspec.MsgspecError as error:
        raise Trouble(Ailment.STORE_DAMAGED, detail=str(error)) from error


def is_priced_on(connection: sqlite3.Connection, day: str) -> bool:
    """Tell whether every product costs what it costs on a business date (ISO)."""
    found = connection.execute(_IS_PRICED, {"kind": _PRICED, "day": day}).fetchone()
    return bool(found[0])


def set_prices(connection: sqlite3.Connection, day: str) -> None:
    """Let every product cost what it costs on a business date (ISO)."""
    if is_priced_on(connection, day):
        return
    connection.execute("DELETE FROM rule WHERE kind = ?", (_PRICED,))
    connection.execute(insert("rule"), (_PRICED, day, json.dumps(None)))
    connection.execute(_SET_PRICES, {"day": day})


# --- backups -------------------------------------------------------------------------------------


def backups_on(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return where backups were put, and when (UTC), oldest first."""
    return connection.execute("SELECT path, at FROM told_backup ORDER BY at, path").fetchall()


def tell_backup(connection: sqlite3.Connection, path: str, at: str) -> None:
    """Note where a backup was put."""
    connection.execute("DELETE FROM told_backup WHERE path = ?", (path,))
    connection.execute(insert("told_backup"), (path, at))


def _written(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
