"""What was sold in a session that no Z will ever close is in the month, and is named."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec import structs

from tests.office.forge import AT, Till, key_of, refund, void
from tests.office.running import Run
from tests.office.shifts import Shift, full_day, line, sold
from tests.office.test_days_command import office_with
from tofan_pos.app import Office
from tofan_pos.office.enrolment import retire, revoke
from tofan_pos.office.finality import NAMED, cautions, unclosed_said
from tofan_pos.office.ledger import share_report
from tofan_pos.office.outstanding import never_closed
from tofan_pos.office.standing import Unclosed
from tofan_pos.sync.documents import ReversalBody, SaleBody, VoidBody
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.sales import read_moment
from tofan_pos.words import Words

TODAY = date(2026, 11, 22)
DECEMBER = date(2026, 12, 2)


def take(office: Office, folder: Path, *tills: Till) -> None:
    for till in tills:
        till.enrolled(office.store)
        result = office.intake.take(till.save(folder))
        assert result.problem is None


def named(office: Office) -> list[Unclosed]:
    return list(never_closed(office.store, as_of=TODAY))


def sell(shift: Shift, *numbers: int) -> None:
    for n in numbers:
        shift.write(sold(n, line(2), line(1, 30_00)))


def sums(*shifts: Shift) -> tuple[int, int, int]:
    """Return how many sales shifts made, what they came to, and the share, in plain loops."""
    bodies = [body for shift in shifts for body in shift.bodies]
    sales = [body for body in bodies if isinstance(body, SaleBody)]
    backs = [body for body in bodies if isinstance(body, ReversalBody | VoidBody)]
    total = sum(body.total for body in sales) - sum(body.total for body in backs)
    share = sum(body.share for body in sales) - sum(body.share for body in backs)
    return len(sales), total, share


def facts(one: Unclosed) -> tuple[str, int, tuple[int, int, int], bool, bool]:
    return one.name, one.n, (one.sales, one.total, one.share), one.goes_on, one.whole


@pytest.fixture
def first() -> tuple[Till, Shift]:
    """Return a till that closed a session, and the next one, in which it sold and took back."""
    till = Till()
    full_day(till).close()
    shift = Shift(till, 2)
    sell(shift, 60, 61, 62)
    bought = shift.of(SaleBody)
    shift.write(refund(90, bought[0], {0: 1}))
    shift.write(void(bought[1]))
    return till, shift


def test_a_session_of_a_file_that_was_lost_is_named(
    office: Office, tmp_path: Path, first: tuple[Till, Shift]
) -> None:
    till, shift = first
    closed = [at for at, one in enumerate(till.links, 1) if b"session_closed" in one.line]
    take(office, tmp_path, till)
    assert named(office) == [], "it may be closed still"
    again = till.next_epoch(closed[0])
    other = Shift(again, 2)
    sell(other, 60)
    other.close()
    take(office, tmp_path, again)
    (one,) = named(office)
    assert facts(one) == ("CTW1", 2, sums(shift), False, True)
    assert (one.till, one.epoch, one.since) == ("CTW1", 1, TODAY)
    assert never_closed(office.store, as_of=TODAY, till="MBK2") == ()
    assert never_closed(office.store, as_of=TODAY, till="CTW1") == (one,)
    report = share_report(office.store, "2026-11", as_of=DECEMBER)
    assert report.unclosed == (one,)
    assert share_report(office.store, "2026-10", as_of=DECEMBER).unclosed == ()
    # A Z that comes all the same is one.
    shift.close()
    take(office, tmp_path, till)
    assert named(office) == []


def test_a_session_that_goes_on_is_no_matter_but_what_was_sold_after_is(
    office: Office, tmp_path: Path, first: tuple[Till, Shift]
) -> None:
    till, shift = first
    after = len(till.links)
    take(office, tmp_path, till)
    again = till.next_epoch()
    take(office, tmp_path, again)
    assert named(office) == []
    late = Shift(Till())
    late.till, late.bodies = till, []
    sell(late, 70, 71)
    take(office, tmp_path, till)
    (one,) = named(office)
    assert facts(one) == ("CTW1", 2, sums(late), True, True)
    assert after < len(till.links)
    assert shift.n == one.n


@pytest.mark.parametrize("how", ["retired", "revoked"])
def test_a_session_of_a_till_taken_down_is_named_over_all_its_epochs(
    office: Office, tmp_path: Path, first: tuple[Till, Shift], how: str
) -> None:
    till, shift = first
    again = till.next_epoch()
    take(office, tmp_path, till)
    shift.till = again
    sell(shift, 80, 81)
    take(office, tmp_path, again)
    assert named(office) == []
    if how == "retired":
        retire(office.store, "CTW1", [2], clock=lambda: read_moment(AT))
    else:
        revoke(office.store, "CTW1", [2])
    (one,) = named(office)
    assert facts(one) == ("CTW1.2", 2, sums(shift), False, True)


def test_a_copy_leaves_nothing(office: Office, tmp_path: Path, first: tuple[Till, Shift]) -> None:
    till, shift = first
    copy = till.next_epoch(why=Beginning.COPIED)
    take(office, tmp_path, till, copy)
    assert named(office) == []
    retire(office.store, "CTW1", [2], clock=lambda: read_moment(AT))
    (one,) = named(office)
    assert (one.name, one.sales) == ("CTW1.2", 3)
    # The till that the copy was made of closes it: then all of it is in a Z.
    shift.close()
    take(office, tmp_path, till)
    (one,) = named(office)
    assert (one.sales, one.total) == (0, 0)
    assert share_report(office.store, "2026-11", as_of=DECEMBER).unclosed == ()


def test_where_entries_are_missing_a_closing_may_be_among_them(
    office: Office, tmp_path: Path, first: tuple[Till, Shift]
) -> None:
    till, shift = first
    until = len(till.links)
    sell(shift, 63)
    again = till.next_epoch(3, lost=(till.lost(until + 1),))
    till.enrolled(office.store)
    office.intake.take(till.save(tmp_path, 1, until))
    take(office, tmp_path, again)
    (one,) = named(office)
    assert (one.whole, one.sales) == (False, 3)


def test_only_what_the_month_has_is_its_caution(office: Office, tmp_path: Path, say: Words) -> None:
    till = Till()
    shift = Shift(till, 3)
    sell(shift, 60, 61)
    december = structs.replace(sold(62, line(2)), business_date="2026-12-01")
    shift.write(december)
    take(office, tmp_path, till)
    retire(office.store, "CTW1", [1], clock=lambda: read_moment(AT))
    report = share_report(office.store, "2026-11", as_of=DECEMBER)
    (one,) = report.unclosed
    november = [body for body in shift.of(SaleBody) if body.business_date < "2026-12"]
    assert (one.sales, one.total) == (2, sum(body.total for body in november))
    (caution,) = cautions(report, say)
    assert f"฿{one.total // 100:,}.{one.total % 100:02}" in caution
    if say.language == "en":
        assert caution.startswith("Session 3 of CTW1 was never closed: sales 2, ฿")
        assert caution.endswith(", in no Z report.")
    (later,) = share_report(office.store, "2026-12", as_of=date(2027, 1, 2)).unclosed
    assert (later.sales, later.total) == (1, december.total)


def test_many_are_counted_and_ask_no_more_of_the_database(
    office: Office, tmp_path: Path, say: Words
) -> None:
    asked: list[str] = []
    engine = office.store._engine  # noqa: SLF001 - to count what it is asked
    sa.event.listen(engine, "after_cursor_execute", lambda *facts: asked.append(facts[2]))
    assert named(office) == []
    few = len(asked)
    for at in range(NAMED + 3):
        till = Till(f"TL{at:02}", key=key_of(f"{at}"))
        sell(Shift(till), 60)
        take(office, tmp_path, till)
        retire(office.store, till.code, [1], clock=lambda: read_moment(AT))
    asked.clear()
    assert len(named(office)) == NAMED + 3
    assert len(asked) == few
    told = cautions(share_report(office.store, "2026-11", as_of=DECEMBER), say)
    assert len(told) == NAMED + 1
    assert "3" in told[-1]


def test_days_and_the_report_name_it(run: Run, office_url: str, tmp_path: Path) -> None:
    till = Till()
    shift = Shift(till, 3)
    sell(shift, 60, 61)
    office_with(run, office_url, tmp_path, till)
    count, total, share = sums(shift)
    baht = f"{total // 100}.{total % 100:02}"
    assert run("days", "--db", office_url, "--json").json["never_closed"] == []
    assert run("retire", "CTW1", "--db", office_url).code == 0
    told = run("days", "--db", office_url)
    sentence = f"Session 3 of CTW1 was never closed: sales {count}, ฿{baht}, in no Z report."
    assert (told.code, told.out.strip()) == (0, sentence)
    record = {
        "till": "CTW1",
        "epoch": 1,
        "session": 3,
        "business_date": "2026-11-22",
        "sales": count,
        "net": baht,
        "share": f"{share // 100}.{share % 100:02}",
        "goes_on": False,
        "whole": True,
    }
    assert run("days", "--db", office_url, "--json").json["never_closed"] == [record]
    month = run("report", "shares", "--month", "2026-11", "--db", office_url, "--json")
    assert month.json["never_closed"] == [record]
    assert sentence in month.err


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"goes_on": True}, "Session 3 of LPW3.2 was gone on with as a later epoch; what was sold"),
        ({"whole": False}, "No closing of session 3 of LPW3.2 has come in, and entries after its"),
        ({"n": 0}, "Session ? of LPW3.2 was never closed: sales 4, ฿5,058.00, in no Z report."),
    ],
)
def test_each_kind_is_said_in_its_own_words(changes: dict[str, Any], said: str, say: Words) -> None:
    one = Unclosed(
        till="LPW3",
        epoch=2,
        n=3,
        since=TODAY,
        sales=4,
        total=5_058_00,
        share=3_308_97,
        goes_on=False,
        whole=True,
    )
    told = unclosed_said(replace(one, **changes), say)
    assert "฿5,058.00" in told
    assert said in told or say.language == "th"
