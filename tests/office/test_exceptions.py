"""What an auditor looks at: each named once, with who did it and who approved it."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from tests.office.forge import Till, key_of, refund
from tests.office.running import Run
from tests.office.shifts import Shift, discount, full_day, line, sold
from tests.office.test_days_command import office_with
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.office.exceptions import Notable, exceptions
from tofan_pos.office.intake import Outcome
from tofan_pos.sync.documents import TenderBody
from tofan_pos.sync.events import DateRolledBody, NoSaleBody, StaffBody, StaffMemberBody

DB = "--db"


def take(office: Office, till: Till, folder: Path) -> None:
    result = office.intake.take(till.save(folder))
    assert result.outcome is Outcome.IMPORTED, result.problem


def told(office: Office, **asked: Any) -> list[Notable]:
    return list(exceptions(office.store, **asked))


def audited(till: Till) -> None:
    """Forge a day with one of everything, and what a day before and after it."""
    staff = (StaffMemberBody(code="S01", role="cashier"),)
    till.write(StaffBody(by="S09", staff=staff, pin_of="S01"))
    till.write(StaffBody(by="", staff=staff))
    shift = full_day(till)
    free = line(1, discounted=107_00, discount=discount("brand"))
    shift.write(sold(30, free))
    shift.count({"cash": 1_00})
    shift.count({"cash": 2_00, "EDC1": 201_00})
    shift.close()


def test_one_of_everything_is_told_in_order(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    audited(till)
    take(office, till, tmp_path)
    found = told(office)
    assert [(one.what, one.number, one.amount, one.about, one.marks) for one in found] == [
        ("pin_change", "", None, "S01", ()),
        ("price_change", "CTW1-V000004", 15_00, "TF-0", ()),
        ("void", "CTW1-V000004", 136_00, "CTW1-V000004", ()),
        ("refund", "CTW1-C000002", 264_25, "CTW1-V000001", ("approved",)),
        ("refund", "CTW1-C000004", 40_00, "", ("without_receipt", "approved")),
        ("price_change", "CTW1-V000006", 15_00, "TF-0", ()),
        ("price_change", "CTW1-V000006", 9_00, "TF-0", ()),
        ("paid_in", "CTW1-M000001", 500_00, "", ()),
        ("paid_out", "CTW1-M000002", 120_50, "", ()),
        ("pickup", "CTW1-M000003", 1000_00, "B1", ()),
        ("change_drawer", "CTW1-M000004", 300_00, "2", ()),
        ("no_sale", "", None, "", ()),
        ("override", "", None, "TF-0", ("discount",)),
        ("override", "", None, "TF-0 10", ("price_override",)),
        ("given_away", "CTW1-V000030", 107_00, "", ()),
        ("recount", "", 2_00, "2", ()),
        ("difference", "CTW1-Z000001", found[-2].amount, "cash", ()),
        ("difference", "CTW1-Z000001", 1_00, "EDC1", ()),
    ]
    by_what = {one.what: one for one in found}
    assert (by_what["void"].by, by_what["void"].approved_by) == ("S01", "S09")
    assert by_what["given_away"].reason == "ลูกค้าประจำ"
    assert by_what["price_change"].reason == "แถม"
    assert by_what["no_sale"].reason == "แลกเหรียญ"
    assert (by_what["difference"].by, by_what["pin_change"].by) == ("S03", "S09")
    assert {one.business_date.isoformat() for one in found[:-4]} == {"2026-11-22"}
    # After the date was rolled, what bears none is of the new one.
    assert [one.business_date.day for one in found[-4:]] == [22, 23, 23, 23]


REFUNDS: dict[str, tuple[str, tuple[TenderBody, ...], tuple[str, ...]]] = {
    "as it was paid": ("card", (TenderBody(amount=100_00, kind="card", code="EDC1"),), ()),
    "in cash": ("card", (TenderBody(amount=100_00, kind="cash"),), ("other_tender",)),
    "by what nobody paid with": (
        "card",
        (TenderBody(amount=100_00, kind="transfer", code="KB"),),
        ("other_tender",),
    ),
    "against goods": ("card", (TenderBody(amount=100_00, kind="exchange"),), ()),
    "cash for cash": ("cash", (TenderBody(amount=100_00, kind="cash"),), ()),
    "cash for goods": ("exchange", (TenderBody(amount=100_00, kind="cash"),), ()),
}


@pytest.mark.parametrize("name", REFUNDS)
def test_how_money_goes_back_is_held_against_how_it_came(
    office: Office, tmp_path: Path, name: str
) -> None:
    kind, back, marks = REFUNDS[name]
    till = Till().enrolled(office.store)
    code = "EDC1" if kind == "card" else ""
    tender = TenderBody(amount=200_00, kind=kind, code=code)
    bought = till.write(sold(1, line(2, 100_00), tenders=(tender,)))
    till.write(refund(1, bought, {0: 1}, tenders=back))
    take(office, till, tmp_path)
    assert [one.marks for one in told(office)] == ([marks] if marks else [])


def test_cash_is_counted_over_all_refunds_of_a_sale(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    tenders = (
        TenderBody(amount=200_00, kind="card", code="EDC1"),
        TenderBody(amount=500_00, kind="cash"),  # 400 of it change
    )
    bought = till.write(sold(1, line(3, 100_00), tenders=tenders))
    till.write(refund(1, bought, {0: 1}))
    till.write(refund(2, bought, {0: 1}, before={0: 1}))
    take(office, till, tmp_path)
    assert [(one.number, one.marks) for one in told(office)] == [
        ("CTW1-C000002", ("other_tender",))
    ]


def test_a_refund_of_another_tills_sale_is_marked(office: Office, tmp_path: Path) -> None:
    one, other = (Till(code, key=key_of(code)).enrolled(office.store) for code in ("CTW1", "MBK2"))
    bought = one.write(sold(1, line()))
    other.write(refund(1, bought))
    for till in (one, other):
        take(office, till, tmp_path)
    assert [(found.till, found.marks) for found in told(office)] == [("MBK2", ("other_till",))]


def test_a_price_above_the_catalogues_is_below_nought(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(sold(1, line(2, 100_00, listed=90_00, price_reason="ทำพิเศษ")))
    take(office, till, tmp_path)
    assert [(one.what, one.amount) for one in told(office)] == [("price_change", -20_00)]


def test_a_till_and_a_month_are_asked_for(office: Office, tmp_path: Path) -> None:
    for code, day in (("CTW1", "2026-12-01"), ("MBK2", "2026-11-30")):
        till = Till(code, key=key_of(code)).enrolled(office.store)
        shift = Shift(till)
        shift.write(NoSaleBody(by="S01", reason="ก"))
        shift.write(DateRolledBody(business_date=day, by="S01"))
        shift.write(NoSaleBody(by="S01", reason="ข"))
        take(office, till, tmp_path)
    assert [(one.till, one.reason) for one in told(office, month="2569-11")] == [
        ("CTW1", "ก"),
        ("MBK2", "ก"),
        ("MBK2", "ข"),
    ]
    assert [one.reason for one in told(office, till="CTW1", month="2026-12")] == ["ข"]
    assert told(office, till="XX") == []
    with pytest.raises(Refusal) as refused:
        exceptions(office.store, month="soon")
    assert refused.value.why is Why.MONTH_UNREADABLE


def test_a_plain_day_tells_nothing(office: Office, tmp_path: Path) -> None:
    shift = Shift(Till().enrolled(office.store))
    bought = shift.write(sold(1, line()))
    shift.write(refund(1, bought))
    shift.close()
    take(office, shift.till, tmp_path)
    assert told(office) == []


def test_many_are_told_in_order(office: Office, tmp_path: Path) -> None:
    shift = Shift(Till().enrolled(office.store))
    for at in range(1203):
        shift.write(NoSaleBody(by="S01", reason=f"{at}"))
    take(office, shift.till, tmp_path)
    assert [one.reason for one in told(office)] == [f"{at}" for at in range(1203)]


def test_the_command_tells_a_line_each(
    run: Run, office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = Till(epoch=2)
    audited(till)
    office_with(run, office_url, tmp_path, till)
    said = run("exceptions", DB, office_url)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) == 19
    assert "CTW1.2  New epoch  This till's file is an older one" in lines.pop(0)
    assert lines[0] == "22 Nov 2026  CTW1.2  PIN set for S01  by S09"
    void = "Void  CTW1.2-V000004  ฿136.00  by S01  approved by S09  ชำรุด"
    assert lines[2] == f"22 Nov 2026  CTW1.2  {void}"
    assert "Refund (without a receipt)  CTW1.2-C000004" in lines[4]
    assert "Override: Give a discount TF-0  by S01  approved by S09" in lines[12]
    assert "Counted again, count 2  ฿2.00  by S03" in lines[15]
    assert "Z differs: EDC1  CTW1.2-Z000001  ฿1.00" in lines[17]
    assert "Z differs: Cash  CTW1.2-Z000001" in lines[16]
    monkeypatch.setenv("TOFAN_LANG", "th")
    thai = run("exceptions", DB, office_url).out
    assert "ยอดใน Z ไม่ตรง: เงินสด" in thai
    assert ": cash" not in thai
    monkeypatch.setenv("TOFAN_LANG", "en")
    first, *found = run("exceptions", DB, office_url, "--json").json["exceptions"]
    assert (first["what"], first["reason"], first["seq"]) == ("epoch", "restored", 101)
    assert found[2] == {
        "business_date": "2026-11-22",
        "till": "CTW1",
        "epoch": 2,
        "seq": found[2]["seq"],
        "what": "void",
        "number": "CTW1.2-V000004",
        "amount": "136.00",
        "by": "S01",
        "approved_by": "S09",
        "reason": "ชำรุด",
        "about": "CTW1.2-V000004",
        "marks": [],
    }
    assert found[0]["amount"] is None
    assert len(found) == 18
    assert "Nothing out of the usual" in run("exceptions", "--till", "XX", DB, office_url).out
    assert run("exceptions", "--month", "x", DB, office_url).code == 1


def test_a_right_and_a_movement_nobody_knows_are_shown(
    run: Run, office_url: str, tmp_path: Path
) -> None:
    till = Till()
    shift = full_day(till)
    override = shift.bodies[-1]
    assert isinstance(override, DateRolledBody)
    for body in shift.bodies:
        if type(body).__name__ == "OverrideBody":
            till.write(structs.replace(body, right="fly"))
        if type(body).__name__ == "MovementBody":
            till.write(structs.replace(body, movement="lent", n=99))
            break
    office_with(run, office_url, tmp_path, till)
    assert "lent" in run("exceptions", DB, office_url).out
