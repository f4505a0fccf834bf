"""The day's pack: whole files or none, a backup that opens and proves, a CSV that adds up."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.counter.people import refuses
from tests.counter.tills import Clock, Paper, cash, catalogue, make_till, opened, proof, ring
from tofan_pos import resources
from tofan_pos.counter.day import StoredZ
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.pack import chat_words
from tofan_pos.counter.proof import prove
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.count import Count
from tofan_pos.domain.errors import Ailment, Trouble, Why
from tofan_pos.domain.people import Right, Role
from tofan_pos.domain.report import Settled
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.store.counter import FILE_NAME, CounterStore
from tofan_pos.sync.entries import read_entry
from tofan_pos.sync.kinds import BackedUp, SessionClosed
from tofan_pos.sync.sealed import unseal

NO_FIGURES = (
    *("number", "kind", "of", "business_date", "date", "time"),
    *("by", "approved_by", "reason"),
)
CARD = TenderType(code="=EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))
ENGLISH = resources.words("en")


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    make_till(tmp_path / "till", goods=replace(catalogue(), tender_types=(CARD,)))
    with opened(tmp_path / "till", clock=clock, paper=Paper()) as desk:
        yield desk


@pytest.fixture
def closed(desk: Desk) -> StoredZ:
    """Sell, take back, void, and close the day."""
    sold = ring(desk, "TF-SCARF", "TF-BASKET")
    desk.refunds.refund(desk.refunds.of_sale(sold), {0: 1}, "สี")
    desk.register.scan("TF-SCARF")
    desk.register.pay([Tender(TenderKind.CARD, 500_00, "=EDC1", "1"), *cash(90_00)])
    desk.refunds.void(ring(desk, "TF-HONEY"), "ผิด")
    desk.day.count(Count.of({}, loose=423_33), {"=EDC1": 500_00})
    return desk.day.close()


def files(folder: Path) -> list[str]:
    """Return the paths of all files within a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def table(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a table, each by its head."""
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [dict(zip(head, row, strict=True)) for row in rows]


def added(rows: list[dict[str, str]], column: str) -> int:
    """Return what a column comes to, in hundredths."""
    return int(sum(Decimal(row[column] or "0") for row in rows) * 100)


def test_it_is_four_files_and_words(desk: Desk, closed: StoredZ, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    packed = desk.pack.make(
        closed, tmp_path / "stick", ENGLISH, progress=lambda *step: told.append(step)
    )
    stick = tmp_path / "stick"
    assert [stick / name for name in files(stick)] == sorted(packed.files)
    folders = [path.parent.relative_to(stick).as_posix() for path in packed.files]
    assert folders == ["mall", "mall", "head-office", "head-office"]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert packed.pdf.read_bytes().startswith(b"%PDF")
    (sync,) = packed.sync_files
    entries = [read_entry(link.line) for link in unseal(sync.read_bytes()).links()]
    assert [type(entry) for entry in entries[-2:]] == [SessionClosed, BackedUp]
    assert packed.words.splitlines() == [
        "TST1-Z000001 · 22 Nov 2026",
        "Receipts TST1-V000001 – TST1-V000003",
        "Sales 3: ฿1,523.33",
        "Returns and voids 2: -฿600.00".replace("-", "\N{MINUS SIGN}"),
        "Net: ฿923.33",
        f"VAT: ฿{closed.z.report.net.vat / 100:,.2f}",
        f"For the makers: ฿{closed.z.report.net.share / 100:,.2f}",
        "Cash: ฿423.33 (agrees)",
        "=EDC1: ฿500.00 (agrees)",
        "Running total: ฿923.33",
        f"Journal {closed.z.report.seq} · {closed.z.report.anchor}",
    ]
    assert proof(desk).flaw is None


def test_the_csv_is_what_was_sold_less_what_came_back(
    desk: Desk, closed: StoredZ, tmp_path: Path
) -> None:
    content = desk.pack.make(closed, tmp_path / "stick", ENGLISH).csv.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    *rows, total = table(content)
    assert [(row["number"], row["kind"], row["of"], row["total"]) for row in rows] == [
        ("TST1-V000001", "sale", "", "923.33"),
        ("TST1-C000001", "refund", "TST1-V000001", "-590.00"),
        ("TST1-V000002", "sale", "", "590.00"),
        ("TST1-V000003", "sale", "", "10.00"),
        ("TST1-V000003", "void", "TST1-V000003", "-10.00"),
    ]
    net = closed.z.report.net
    for column, figure in (
        ("total", net.total),
        ("vat", net.vat),
        ("exempt", net.exempt),
        ("taxable_base", net.total - net.vat - net.exempt),
        ("cash", 423_33),
        ("'=EDC1", 500_00),
        ("pieces", 2_00),
    ):
        assert added(rows, column) == figure
        assert added([total], column) == figure, column
    assert (total["number"], total["kind"]) == ("", "total")
    assert {row["business_date"] for row in rows} == {"2026-11-22"}
    assert (rows[0]["date"], rows[0]["time"]) == ("2026-11-22", "10:04")
    assert [(row["cash"], row["'=EDC1"]) for row in rows] == [
        ("923.33", ""),
        ("-590.00", ""),
        ("90.00", "500.00"),
        ("10.00", ""),
        ("-10.00", ""),
    ]
    assert [(row["by"], row["reason"]) for row in rows[:2]] == [("SETUP", ""), ("SETUP", "สี")]
    assert (rows[3]["taxable_base"], rows[3]["vat"], rows[3]["exempt"]) == ("0.00", "0.00", "10.00")


def test_the_columns_come_first_and_the_tenders_that_were_used_last(
    desk: Desk, closed: StoredZ, tmp_path: Path
) -> None:
    content = desk.pack.make(closed, tmp_path / "stick", ENGLISH).csv.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8"
    assert content.decode("utf-8-sig").splitlines()[0] == (
        "number,kind,of,business_date,date,time,pieces,gross,discounts,total,taxable_base,vat,"
        "exempt,by,approved_by,reason,cash,'=EDC1"
    )


@pytest.fixture
def odd(desk: Desk) -> StoredZ:
    """Close a day of discounts, change, an exchange, and cash in and out."""
    desk.register.scan("TF-SCARF")
    desk.register.discount_line(
        0, Discount(kind=DiscountKind.AMOUNT, value=90_00, reason="x", bearer=Bearer.MALL)
    )
    sold = desk.register.pay(cash(1_000_00))
    desk.register.scan("TF-SCARF")
    desk.register.discount_basket(
        Discount(kind=DiscountKind.AMOUNT, value=40_00, reason="y", bearer=Bearer.BRAND)
    )
    voided = desk.register.pay(cash(600_00))
    desk.refunds.void(voided, "ผิด")
    desk.drawer.pay_in(2_000_00, "+66 เงินทอน")
    desk.drawer.pay_out(45_00, "-ถุง")
    desk.drawer.pickup(1_000_00, "@safe", bag="=SB-1")
    desk.drawer.change_drawer("B", amount=300_00)
    back = desk.refunds.of_sale(sold)
    desk.refunds.exchange(back, {0: 1}, "สี")
    desk.register.scan("TF-BASKET")
    desk.register.pay([])
    desk.day.count(Count.of({}, loose=desk.day.x().expected()["cash"]))
    return desk.day.close()


def test_every_row_of_the_csv_adds_up(desk: Desk, odd: StoredZ, tmp_path: Path) -> None:
    report = odd.z.report
    *rows, total = table(desk.pack.make(odd, tmp_path / "stick", ENGLISH).csv.read_bytes())
    documents, slips = rows[:-4], rows[-4:]
    for row in documents:
        satang = {name: added([row], name) for name in row if name not in NO_FIGURES}
        assert satang["gross"] - satang["discounts"] == satang["total"]
        assert satang["taxable_base"] + satang["vat"] + satang["exempt"] == satang["total"]
        assert satang["cash"] + satang["exchange"] == satang["total"], row
        assert abs(satang["taxable_base"] * 7 / 100 - satang["vat"]) <= 1
    # What a void takes back, it takes back with its discount.
    assert dict(report.discounts) == {"mall": 90_00}
    assert added([total], "discounts") == 90_00
    assert added([total], "exchange") == 0
    assert added([total], "cash") == report.expected()["cash"] - report.opening
    assert [(s["kind"], s["number"], s["of"], s["reason"], s["cash"]) for s in slips] == [
        ("paid_in", "TST1-M000001", "", "'+66 เงินทอน", "2000.00"),
        ("paid_out", "TST1-M000002", "", "'-ถุง", "-45.00"),
        ("pickup", "TST1-M000003", "'=SB-1", "'@safe", "-1000.00"),
        ("change_drawer", "TST1-M000004", "B", "B", "0.00"),
    ]
    assert {row["total"] for row in slips} == {""}


def test_the_words_say_who_bore_the_discounts(desk: Desk, odd: StoredZ, tmp_path: Path) -> None:
    lines = desk.pack.make(odd, tmp_path / "stick", ENGLISH).words.splitlines()
    assert "Discounts, The mall: −฿90.00".replace("−", "\N{MINUS SIGN}") in lines
    assert not any("The brand" in line for line in lines)


def test_what_is_below_nought_is_no_surplus(odd: StoredZ) -> None:
    z = replace(odd.z, settled=(Settled("cash", -100_00, 20_00),))
    assert "Cash: ฿20.00 (should be \N{MINUS SIGN}฿100.00)" in chat_words(z, ENGLISH).splitlines()


def test_no_cell_of_the_csv_is_a_formula(desk: Desk, closed: StoredZ, tmp_path: Path) -> None:
    content = desk.pack.make(closed, tmp_path / "stick", ENGLISH).csv.read_text("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), row
            assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit(), row


def test_the_backup_opens_and_proves_and_is_the_till(
    desk: Desk, closed: StoredZ, tmp_path: Path
) -> None:
    packed = desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    assert packed.backup.stat().st_mode & 0o077 == 0, "it holds what proves PINs"
    copy = CounterStore(packed.backup)
    try:
        found = prove(copy, desk.identity)
        held = [row.hash for row in copy.entries()]
        guarded = copy.is_guarded()
    finally:
        copy.close()
    assert (found.flaw, found.sales, guarded) == (None, 3, True)
    own = [row.hash for row in desk.store.entries()]
    assert held == own[: len(held)]
    entry = read_entry(next(iter(desk.store.entries(len(held)))).line)
    assert isinstance(entry, BackedUp)
    assert (entry.body.seq, entry.body.by) == (len(held), "SETUP")
    assert len(held) == closed.seq


def test_a_backup_is_a_till_that_sells_on(desk: Desk, closed: StoredZ, tmp_path: Path) -> None:
    packed = desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    (tmp_path / "again").mkdir()
    packed.backup.rename(tmp_path / "again" / FILE_NAME)
    with opened(tmp_path / "again") as restored:
        assert ring(restored).sale.number == "TST1-V000004"
        assert proof(restored).flaw is None


def test_when_the_last_backup_was_made_is_known(
    desk: Desk, closed: StoredZ, tmp_path: Path, clock: Clock
) -> None:
    assert desk.backups.last() is None
    desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    assert desk.backups.last() == clock()


def test_made_again_it_is_the_same_and_a_newer_backup(
    desk: Desk, closed: StoredZ, tmp_path: Path
) -> None:
    first = desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    before = {path: path.read_bytes() for path in (first.pdf, first.csv, first.backup)}
    second = desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    assert second.backup != first.backup
    assert {path: path.read_bytes() for path in before} == before
    assert proof(desk).flaw is None


def test_a_damaged_till_makes_no_backup(desk: Desk, closed: StoredZ, tmp_path: Path) -> None:
    with closing(sqlite3.connect(desk.store.path)) as raw, raw:
        raw.execute("DROP TRIGGER sale_no_update")
        raw.execute("UPDATE sale SET total = total + 1 WHERE seq = (SELECT min(seq) FROM sale)")
    before = desk.store.journal_size()
    with pytest.raises(Trouble) as trouble:
        desk.pack.make(closed, tmp_path / "stick", ENGLISH)
    assert trouble.value.ailment is Ailment.COPY_DIFFERS
    assert files(tmp_path / "stick") == ["mall/TST1-Z000001.csv", "mall/TST1-Z000001.pdf"]
    assert desk.store.journal_size() == before


def test_without_the_right_nothing_is_written(tmp_path: Path) -> None:
    make_till(tmp_path / "till")
    with opened(tmp_path / "till", session=False) as desk:
        desk.access.first_supervisor("S1", "หัวหน้า", "482913")
        desk.access.add_staff("T1", "ผู้ฝึกหัด", Role.TRAINEE, "804627")
        desk.day.open(Count())
        desk.day.count(Count())
        stored = desk.day.close()
        desk.access.lock()
        with refuses(Why.NOT_SIGNED_IN):
            desk.pack.make(stored, tmp_path / "stick", ENGLISH)
        desk.access.sign_in("T1", "804627")
        with refuses(Why.NOT_ALLOWED, right=Right.EXPORT):
            desk.pack.make(stored, tmp_path / "stick", ENGLISH)
        assert not (tmp_path / "stick").exists()
        desk.access.sign_in("S1", "482913")
        desk.pack.make(stored, tmp_path / "stick", ENGLISH)
        assert len(files(tmp_path / "stick")) == 4
