"""Where more came back than was bought, the month says what that took of whose share, exactly."""

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec import structs

from tests.office.forge import Part, Till, key_of, refund, sale, void
from tests.office.running import Run
from tests.office.shifts import line, sold
from tests.office.test_days_command import office_with
from tofan_pos import resources
from tofan_pos.app import Office
from tofan_pos.office.conflicts import conflicts
from tofan_pos.office.finality import NAMED, cautions
from tofan_pos.office.ledger import ShareReport, share_report
from tofan_pos.store.twice import SoldAgain, TakenBack
from tofan_pos.words import Words

LATER = date(2027, 2, 2)


def month(office: Office, which: str = "2026-11", group: str = "") -> ShareReport:
    return share_report(office.store, which, as_of=LATER, group=group)


def take(office: Office, folder: Path, *tills: Till) -> None:
    for till in tills:
        result = office.intake.take(till.save(folder))
        assert result.problem is None


@pytest.fixture
def tills(office: Office) -> tuple[Till, Till, Till]:
    one, other, third = (
        Till(code, key=key_of(code)).enrolled(office.store) for code in ("CTW1", "CTW2", "MBK1")
    )
    return one, other, third


def test_a_piece_taken_back_at_three_tills_is_told_to_the_satang(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], say: Words
) -> None:
    bought = tills[0].write(sale(5, Part("G-CLY", paid=252_00, vat=16_49, share=164_86)))
    for till in tills:
        till.write(refund(1, bought, {0: 1}))
    take(office, tmp_path, *tills[:2])
    (one,) = month(office).taken_back
    assert one == TakenBack("CTW1-V000005", "G-CLY", bought=1, returned=2, share=164_86)
    take(office, tmp_path, tills[2])
    found = month(office)
    assert found.taken_back == (TakenBack("CTW1-V000005", "G-CLY", 1, 3, 329_72),)
    # The report has what the rows say, and the caution what of that is too much.
    assert found.share == 164_86 - 3 * 164_86 == -329_72
    (caution,) = cautions(found, say)
    assert "฿329.72" in caution
    if say.language == "en":
        assert caution == (
            "Sale CTW1-V000005: more came back than was bought (3 of 1); ฿329.72 of G-CLY's share "
            "was taken back too often."
        )
    assert month(office, group="G-CLY").taken_back == found.taken_back
    tills[0].write(sale(6, Part("G2")))
    take(office, tmp_path, tills[0])
    assert month(office, group="G2").taken_back == ()


@pytest.mark.parametrize("order", list(permutations(range(3)))[::2])
def test_each_month_has_its_own_part_and_all_of_them_the_whole(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], order: tuple[int, ...]
) -> None:
    parts = (
        Part("G1", quantity=3, paid=100_01, vat=6_54, share=65_43),
        Part("G2", quantity=1, paid=50_00, vat=3_27, share=32_71),
    )
    bought = tills[0].write(sale(1, *parts, day="2026-10-03"))
    backs = []
    for till, day, pieces in zip(
        tills,
        ("2026-10-05", "2026-11-06", "2026-12-07"),
        ({0: 2}, {0: 2, 1: 1}, {0: 3, 1: 1}),
        strict=True,
    ):
        back = till.write(structs.replace(refund(1, bought, pieces), business_date=day))
        backs.append({one.line: one.share for one in back.lines})
    take(office, tmp_path, *(tills[at] for at in order))
    # In plain loops: what was taken after all of it was gone, in the order it came back.
    left = {0: 65_43, 1: 32_71}
    wanted = []
    for each in backs:
        over = {}
        for at, share in each.items():
            over[f"G{at + 1}"] = share - min(share, left[at])
            left[at] -= min(share, left[at])
        wanted.append({group: amount for group, amount in over.items() if amount})
    months = ("2026-10", "2026-11", "2026-12")
    told = [{one.group: one.share for one in month(office, which).taken_back} for which in months]
    assert told == wanted
    assert [bool(each) for each in wanted] == [False, True, True]
    too_much = sum(amount for each in wanted for amount in each.values())
    assert sum(month(office, which).share for which in months) == -too_much


def test_what_came_back_once_is_no_caution(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], say: Words
) -> None:
    one, other, _ = tills
    bought = one.write(sale(1, Part(quantity=2), Part("G2")))
    one.write(refund(1, bought, {0: 1}))
    other.write(refund(1, bought, {0: 1, 1: 1}, before={0: 1}))
    void_of = one.write(sale(2))
    one.write(void(void_of))
    take(office, tmp_path, one, other)
    assert cautions(month(office), say) == ()


def test_what_was_given_back_as_another_groups_is_all_too_much(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till]
) -> None:
    one, other, _ = tills
    bought = one.write(sale(1, Part("G1")))
    back = refund(1, bought, {0: 1})
    (only,) = back.lines
    other.write(structs.replace(back, lines=(structs.replace(only, group="G9", code="TF-X"),)))
    take(office, tmp_path, one, other)
    (found,) = month(office).taken_back
    assert (found.group, found.share, found.returned) == ("G9", 70_00, 1)
    (caution,) = cautions(month(office), resources.words("en"))
    assert caution.startswith("Sale CTW1-V000001: what came back is not what was bought; ฿70.00")


def test_a_piece_that_was_sold_twice_counts_twice_and_says_so(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], say: Words
) -> None:
    one, other, third = tills
    unique: dict[str, Any] = {"code": "TF-DISH", "name_th": "จาน", "name_en": "Dish", "unique": 1}
    bodies = [till.write(sold(1, line(2), line(**unique))) for till in tills]
    take(office, tmp_path, one)
    assert month(office).sold_again == ()
    take(office, tmp_path, other, third)
    third.write(refund(1, bodies[2], {1: 1}))
    take(office, tmp_path, third)
    of_it = [body.lines[1] for body in bodies]
    (found,) = month(office).sold_again
    counted = sum(part.share for part in of_it[:2])
    assert found == SoldAgain("TF-DISH", "จาน", "Dish", of_it[0].group, 3, 1, counted)
    assert month(office, "2026-12").sold_again == ()
    (caution,) = cautions(month(office), say)
    assert f"฿{counted // 100}.{counted % 100:02}" in caution
    if say.language == "en":
        assert "was sold 3 times and given back 1. Each sale stands" in caution
    # No conflict undoes anything, and no caution does.
    assert month(office).share == sum(body.share for body in bodies) - of_it[2].share
    assert len(conflicts(office.store)) == 1


def test_many_are_counted_and_ask_no_more_of_the_database(
    office: Office, tmp_path: Path, tills: tuple[Till, Till, Till], say: Words
) -> None:
    asked: list[str] = []
    engine = office.store._engine  # noqa: SLF001 - to count what it is asked
    sa.event.listen(engine, "after_cursor_execute", lambda *facts: asked.append(facts[2]))
    month(office)
    few = len(asked)
    one, other, _ = tills
    for n in range(1, NAMED + 3):
        bought = one.write(sale(n))
        one.write(refund(n, bought, {0: 1}))
        other.write(refund(n, bought, {0: 1}))
    take(office, tmp_path, one, other)
    asked.clear()
    told = cautions(month(office), say)
    assert len(asked) == few
    assert len(told) == NAMED + 1
    assert "฿140.00" in told[-1]


def test_the_report_has_it_in_its_record(run: Run, office_url: str, tmp_path: Path) -> None:
    one, other = Till(), Till("MBK2", key=key_of("other"))
    bought = one.write(sale(1))
    one.write(refund(1, bought, {0: 1}))
    other.write(refund(1, bought, {0: 1}))
    office_with(run, office_url, tmp_path, one, other)
    told = run("report", "shares", "--month", "2026-11", "--db", office_url, "--json")
    assert told.json["taken_back_too_often"] == [
        {"number": "CTW1-V000001", "group": "G1", "bought": 1, "returned": 2, "share": "70.00"}
    ]
    assert told.json["sold_too_often"] == []
    assert "฿70.00 of G1's share was taken back too often" in told.err
