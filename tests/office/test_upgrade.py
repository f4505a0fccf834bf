"""A head office of the first schema, filled, is brought up to date with every row it held."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from tests.office.forge import Part, Till, groups, sale
from tests.office.shifts import discount, full_day, line, sold
from tofan_pos import app
from tofan_pos.office.checks import Finding, check_days
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import share_report
from tofan_pos.store import migrate
from tofan_pos.store.engine import open_url, writing
from tofan_pos.store.migrate import OFFICE, version
from tofan_pos.store.office import OfficeStore
from tofan_pos.sync.chain import GENESIS
from tofan_pos.sync.documents import TenderBody
from tofan_pos.sync.events import CatalogueBody
from tofan_pos.sync.sales import read_moment

FIRST = {
    "till": "till epoch install_id public_key enrolled_at",
    "entry": "till epoch seq kind line hash",
    "sale": "till epoch seq id number document at business_date by total vat share",
    "sale_line": (
        "till epoch seq position code name_th name_en maker_group quantity gross paid vat share "
        "policy"
    ),
    "span": "till epoch first last prev hash",
    "producer_group": "code label_th label_en told",
}
"""The first schema's tables and their columns, in order."""


def of_before() -> Till:
    """Return a till with sales as the first program made them."""
    till = Till()
    till.write(groups(G1="Weavers"))
    for n in range(1, 1203):
        till.write(sale(n, Part(), Part("G2", paid=1, vat=0, share=1), day="2026-11-20"))
    till.write(
        sold(
            1203,
            line(3, discounted=2_00, discount=discount("mall"), basket_discount=1_00),
            line(1, tax="exempt"),
            discount=discount("shared"),
            tenders=(
                TenderBody(amount=1000_00, kind="cash"),
                TenderBody(amount=1_00, kind="cash"),
            ),
        )
    )
    till.tell(kind="weather")
    for catalogue in (0, 7, 6):
        till.write(CatalogueBody(products=1, sha256="0" * 64, version=catalogue))
    till.tell(kind="catalogue", v=2)
    return till


def first_office(url: str, till: Till) -> dict[str, list[tuple[Any, ...]]]:
    """Make a database as the first program did, with a till's journal in it; return its rows."""
    engine = open_url(url)
    config = Config()
    folder = Path(migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder / "office"))
    config.set_main_option("path_separator", "os")
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        config.attributes["lineage"] = OFFICE
        command.upgrade(config, "0001")
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in FIRST}
    request = till.request()
    rows["till"] = [(till.code, 1, request.install_id, request.public_key, "2026-11-01T00:00:00Z")]
    rows["producer_group"] = [("G1", "กลุ่ม Weavers", "Weavers", "told")]
    rows["span"] = [(till.code, 1, 1, till.head.seq, GENESIS, till.head.hash)]
    for link in till.links:
        entry = json.loads(link.line)
        key, body = (till.code, 1, link.seq), entry["body"]
        rows["entry"].append((*key, entry["kind"], link.line, link.hash))
        if entry["kind"] != "sale":
            continue
        names = ("id", "number", "document")
        sums = (body["total"], body["vat"], body["share"])
        facts = (entry["at"], body["business_date"], body["by"])
        rows["sale"].append((*key, *(body[name] for name in names), *facts, *sums))
        rows["sale_line"].extend(
            (
                *(*key, at, each["code"], each["name_th"], each["name_en"], each["group"]),
                *(each[name] for name in ("quantity", "gross", "paid", "vat", "share")),
                body["policy"]["number"],
            )
            for at, each in enumerate(body["lines"])
        )
    with writing(engine) as connection:
        for name, found in rows.items():
            columns = FIRST[name].split()
            table = sa.table(name, *map(sa.column, columns))
            values = [dict(zip(columns, row, strict=True)) for row in found]
            connection.execute(table.insert(), values)
    assert version(engine) == "0001"
    engine.dispose()
    return rows


def sales_of(till: Till) -> list[dict[str, Any]]:
    """Return the sales of a till's journal as they were written."""
    entries = [json.loads(link.line) for link in till.links]
    return [entry["body"] for entry in entries if entry["kind"] == "sale"]


def read(url: str, name: str, columns: str) -> list[tuple[Any, ...]]:
    names = columns.split()
    table = sa.table(name, *map(sa.column, names))
    engine = open_url(url)
    with engine.connect() as connection:
        found = [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in connection.execute(sa.select(table).order_by(*table.columns))
        ]
    engine.dispose()
    return found


def test_every_row_is_kept_and_filled(office_url: str) -> None:
    till = of_before()
    before = first_office(office_url, till)
    OfficeStore.create(office_url).close()
    for name, columns in FIRST.items():
        assert read(office_url, name, columns) == sorted(before[name]), name
    lines = read(office_url, "sale_line", "position line discounted basket_discount bearer")
    assert all(position == place for position, place, *_ in lines)
    assert [row[2:] for row in lines if any(row[2:4])] == [(2_00, 1_00, "mall")]
    assert {tuple(row) for row in read(office_url, "sale_line", "is_unique")} == {(False,)}
    last = read(office_url, "sale", "number of voided_lines voided_amount bearer exempt")
    assert last[-1] == ("CTW1-V001203", "", 0, 0, "shared", 107_00)
    assert {row[-1] for row in last[:-1]} == {0}
    assert {tuple(row) for row in read(office_url, "sale_line", "price_off")} == {(None,)}
    tenders = read(office_url, "tender", "seq position kind code amount reference")
    assert len(tenders) == 1204
    assert tenders[-2:] == [(1204, 0, "cash", "", 1000_00, ""), (1204, 1, "cash", "", 1_00, "")]
    assert tenders[0] == (2, 0, "cash", "", 107_01, "")


def test_a_till_that_only_sent_sticks_has_told_of_its_catalogue(office_url: str) -> None:
    first_office(office_url, of_before())
    OfficeStore.create(office_url).close()
    assert read(office_url, "till", "till epoch catalogue") == [("CTW1", 1, 7)]


def test_the_database_guards_its_facts_again(office_url: str) -> None:
    first_office(office_url, of_before())
    OfficeStore.create(office_url).close()
    engine = open_url(office_url)
    for name in ("entry", "sale", "sale_line", "tender"):
        table = sa.table(name, sa.column("seq"))
        for act in (table.update().values(seq=table.c.seq), table.delete()):
            with (
                pytest.raises(sa.exc.DBAPIError, match=f"{name} is append-only"),
                writing(engine) as connection,
            ):
                connection.execute(act)
    engine.dispose()


def test_opening_it_is_enough_and_the_till_goes_on(office_url: str, tmp_path: Path) -> None:
    till = of_before()
    first_office(office_url, till)
    office = app.build_office(office_url, clock=lambda: read_moment("2026-12-02T00:00:00Z"))
    before = sum(body["total"] for body in sales_of(till))
    shift = full_day(till, first=1400, before=before)
    shift.close()
    result = office.intake.take(till.save(tmp_path))
    assert (result.outcome, result.added, result.gaps) == (Outcome.IMPORTED, 28, ())
    assert [check.finding for check in check_days(office.store)] == [Finding.AGREES]
    office.store.close()


def test_a_month_is_the_same_before_and_after(office_url: str) -> None:
    till = of_before()
    first_office(office_url, till)
    office = app.build_office(office_url)
    report = share_report(office.store, "2026-11", as_of=office.today())
    office.store.close()
    assert report.share == sum(body["share"] for body in sales_of(till))
    assert report.documents == 1203
