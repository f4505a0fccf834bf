"""`tofan-office report shares`: the sums, whether they are final, and what they were taken from."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.office.forge import Till, key_of, refund, sale
from tests.office.running import Run
from tofan_pos import app
from tofan_pos.thai.dates import business_day


def test_the_report_as_json(run: Run, office_url: str, filled: Till) -> None:
    assert filled.head.seq == 10
    found = run("report", "shares", "--month", "2569-11", "--db", office_url, "--json").json
    assert found["groups"] == [
        {
            "group": "=1+1",
            "label_th": "",
            "label_en": "",
            "pieces": 6,
            "sales": "3.00",
            "refunds": "0.00",
            "vat": "0.18",
            "share": "1.98",
        },
        {
            "group": "G1",
            "label_th": "กลุ่ม Weavers",
            "label_en": "Weavers",
            "pieces": 6,
            "sales": "642.00",
            "refunds": "0.00",
            "vat": "42.00",
            "share": "420.00",
        },
    ]
    for key in ("groups", "as_of", "misdated_sales", "open_points", "tills"):
        del found[key]
    assert found == {
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "documents": 6,
        "sales_total": "645.00",
        "refunds_total": "0.00",
        "vat_total": "42.18",
        "share_total": "421.98",
        "missing_entries": 3,
        "final": False,
        "never_closed": [],
        "taken_back_too_often": [],
        "sold_too_often": [],
    }
    one = run("report", "shares", "--month", "2026-11", "--group", "G1", "--db", office_url)
    assert one.code == 0
    assert "420.00" in one.out
    assert "1.98" not in one.out
    assert "Not final: Journal entries still missing" in one.err


@pytest.fixture
def january(run: Run, office_url: str, tmp_path: Path) -> Till:
    """Return a till whose January of 2020 is over, and which sold on in February."""
    till = Till()
    till.write(sale(1, day="2020-01-03"), at="2020-01-03T03:00:00Z")
    till.write(sale(2, day="2020-01-31"), at="2020-01-31T03:00:00Z")
    till.write(sale(3, day="2020-02-01"), at="2020-02-01T03:00:00Z")
    assert run("init", "--db", office_url).code == 0
    assert run("enrol", till.save_request(tmp_path), "--db", office_url, "--yes").code == 0
    assert run("import", till.save(tmp_path), "--db", office_url).code == 0
    return till


def test_a_final_report_says_so_and_leads_to_its_documents(
    run: Run, office_url: str, january: Till
) -> None:
    shares = ("report", "shares", "--month", "2020-01", "--db", office_url)
    before = business_day(app.utc_now())
    ran = run(*shares, "--json")
    assert before <= date.fromisoformat(ran.json["as_of"]) <= business_day(app.utc_now())
    assert (ran.err, ran.json["final"], ran.json["open_points"]) == ("", True, [])
    assert (ran.json["misdated_sales"], ran.json["missing_entries"]) == (0, 0)
    (told,) = ran.json["tills"]
    numbers = {"documents": 2, "first_number": "CTW1-V000001", "last_number": "CTW1-V000002"}
    assert told == {
        "till": january.code,
        "epoch": 1,
        **numbers,
        "series": [{"document": "VAT_RECEIPT", **numbers}],
        "held_to": 3,
        "missing": 0,
        "misdated": 0,
        "last_business_date": "2020-02-01",
    }
    ran = run(*shares)
    assert ran.err == ""
    assert "Final, as held on" in ran.out
    assert "CTW1-V000001 \N{EN DASH} CTW1-V000002" in ran.out


def test_what_keeps_a_report_from_being_final_is_said(
    run: Run, office_url: str, january: Till, tmp_path: Path
) -> None:
    silent = Till("MBK2", key=key_of("silent"))
    run("enrol", silent.save_request(tmp_path), "--db", office_url, "--yes")
    shares = ("report", "shares", "--db", office_url, "--month")
    for more in ((), ("--json",)):
        ran = run(*shares, "2020-01", *more)
        assert ran.code == 0
        assert ran.err == "Not final: Nothing has come in at all from till MBK2.\n"
    assert ran.json["open_points"] == ["nothing_sent"]
    assert ran.json["tills"][1]["last_business_date"] == ""
    ran = run(*shares, "2020-02")
    assert "Nothing of 29 Feb 2020 or later has come in from till CTW1" in ran.err
    assert "Final" not in ran.out
    assert january.head.seq == 3


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 sale carries a date after"), (3, "3 sales carry a date after")]
)
def test_a_till_whose_clock_is_ahead_is_named(  # noqa: PLR0913, PLR0917 - fixtures and a case
    run: Run, office_url: str, january: Till, tmp_path: Path, count: int, said: str
) -> None:
    for n in range(4, 4 + count):
        january.write(sale(n, day="2563-01-09"), at="2020-02-02T03:00:00Z")
    path = january.save(tmp_path, 4)
    ran = run("import", path, "--db", office_url, "--json")
    assert (ran.code, ran.json["misdated"], ran.json["files"][0]["misdated"]) == (0, count, count)
    assert f"{path.name}: {said} today: look at the clock of till CTW1" in ran.err
    again = run("import", path, "--db", office_url, "--json")
    assert (again.json["misdated"], again.err) == (0, "")
    ran = run("report", "shares", "--month", "2020-01", "--db", office_url, "--json")
    assert (ran.json["final"], ran.json["misdated_sales"]) == (True, count)
    assert "cannot be true" in ran.err
    assert "till CTW1" in ran.err


def test_the_screen_has_headings_and_what_came_back(
    run: Run, office_url: str, january: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought = sale(4, day="2020-01-31")
    january.write(bought, at="2020-02-02T03:00:00Z")
    january.write(refund(1, bought), at="2020-02-02T03:00:00Z")
    assert run("import", january.save(tmp_path), "--db", office_url).code == 0
    month = ("report", "shares", "--month", "2020-01", "--db", office_url)
    head, group, total, *_ = run(*month).out.splitlines()
    assert re.split(" {2,}", head) == [
        "Group",
        "Sales",
        "Refunds",
        "VAT",
        "Value before VAT",
        "Makers' share",
        "Producer group",
    ]
    assert group.split()[1:] == ["฿321.00", "฿107.00", "฿14.00", "฿200.00", "฿140.00"]
    assert total.split()[1:] == ["฿321.00", "฿107.00", "฿14.00", "฿200.00", "฿140.00"]
    assert "The makers' share is 70 % of what customers paid, without VAT." in run(*month).out
    assert head.index("Sales") + len("Sales") == group.index("฿321.00") + len("฿321.00")
    monkeypatch.setenv("TOFAN_LANG", "th")
    head, group, *_ = run(*month).out.splitlines()
    ends = [
        [place(row, text) for text in texts]
        for row, texts in (
            (head, ("ยอดขาย", "คืนเงิน", "มูลค่าก่อนภาษี", "ส่วนแบ่งผู้ผลิต")),
            (group, ("฿321.00", "฿107.00", "฿200.00", "฿140.00")),
        )
    ]
    assert ends[0] == ends[1]


def place(row: str, text: str) -> int:
    """Return in which column of a terminal a text ends: marks over a letter take no place."""
    upto = row[: row.index(text) + len(text)]
    return sum(unicodedata.category(letter) != "Mn" for letter in upto)


def test_the_report_as_papers(run: Run, office_url: str, filled: Till, tmp_path: Path) -> None:
    assert filled.head.seq == 10
    pdf, book = tmp_path / "report.pdf", tmp_path / "report.xlsx"
    month = ("report", "shares", "--month", "2026-11", "--db", office_url)
    assert run(*month, "--pdf", pdf, "--xlsx", book).code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    sheet = openpyxl.load_workbook(book).worksheets[0]
    assert "=1+1" in {cell.value for row in sheet.iter_rows() for cell in row}
    ran = run(*month, "--pdf", tmp_path / "no" / "such" / "folder.pdf")
    assert ran.code == 1
    assert "cannot be written" in ran.err
