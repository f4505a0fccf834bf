"""A month is final when nothing head office knows of can still change it, and says what can."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.office.forge import AT, Part, Till, key_of, sale
from tests.office.shifts import Shift, full_day
from tofan_pos import app, resources
from tofan_pos.app import Office
from tofan_pos.office.finality import cautions, reasons
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import Lack, ShareReport, share_report
from tofan_pos.office.standing import horizon
from tofan_pos.store.month import Series
from tofan_pos.sync.events import CountBody, DateRolledBody, SessionOpenedBody
from tofan_pos.sync.sales import read_moment

DECEMBER = date(2026, 12, 2)


def report(office: Office, as_of: date = DECEMBER, **asked: Any) -> ShareReport:
    return share_report(office.store, "2026-11", as_of=as_of, **asked)


def lacks(found: ShareReport) -> list[Lack]:
    return [point.lack for point in found.open_points]


def sold(till: Till, *days: str, hour: str = "03:00:00") -> None:
    """Have a till sell once on each day, at an hour in UTC; its clock tells the same day."""
    for day in days:
        n = till.head.seq + 1
        till.write(sale(n, day=day), at=f"{day}T{hour}Z")


def take(office: Office, till: Till, folder: Path, first: int = 0, last: int = 0) -> None:
    assert office.intake.take(till.save(folder, first, last)).outcome is not Outcome.REFUSED


def never_wait(connection: sa.Connection) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")


@pytest.fixture
def ready(office: Office, tmp_path: Path) -> Till:
    """Return a till that sold in October, all through November, and on in December."""
    till = Till().enrolled(office.store)
    sold(till, "2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01")
    take(office, till, tmp_path)
    return till


def test_a_month_that_is_over_and_all_there_is_final(office: Office, ready: Till) -> None:
    found = report(office)
    assert (found.final, found.open_points, found.misdated) == (True, (), 0)
    (till,) = found.tills
    assert (till.till, till.epoch, till.name) == (ready.code, 1, "CTW1")
    assert till.series == (Series("VAT_RECEIPT", 2, "CTW1-V000002", "CTW1-V000003"),)
    assert (till.documents, till.last, till.missing) == (2, 4, 0)
    assert till.last_business_date == till.newest_day == date(2026, 12, 1)
    assert found.as_of == DECEMBER


@pytest.mark.parametrize(
    ("as_of", "runs"),
    [(date(2026, 11, 1), True), (date(2026, 11, 30), True), (date(2026, 12, 1), False)],
)
def test_a_month_that_runs_is_not_final(
    office: Office, ready: Till, as_of: date, *, runs: bool
) -> None:
    assert ready.head.seq == 4
    assert (Lack.MONTH_RUNS in lacks(report(office, as_of))) is runs


def test_a_till_that_sent_nothing_is_an_open_point(office: Office, ready: Till) -> None:
    assert report(office).final
    Till("MBK2", key=key_of("silent")).enrolled(office.store)
    found = report(office)
    (point,) = found.open_points
    assert point.lack is Lack.NOTHING_SENT
    assert [till.till for till in point.tills] == ["MBK2"]
    silent = found.tills[1]
    assert (silent.series, silent.documents, silent.last) == ((), 0, 0)
    assert (silent.last_business_date, silent.newest_day) == (None, None)
    assert ready.head.seq == 4


@pytest.mark.parametrize(
    ("days", "reaches"),
    [
        (["2026-11-29"], False),
        (["2026-11-30"], True),
        (["2026-11-30", "2026-11-29"], False),  # its clock was put back since
        (["2026-11-29", "2026-12-01"], True),
        (["2026-10-01"], False),
    ],
)
def test_a_till_must_reach_the_months_last_day(
    office: Office, tmp_path: Path, days: list[str], *, reaches: bool
) -> None:
    till = Till().enrolled(office.store)
    sold(till, *days)
    take(office, till, tmp_path)
    assert lacks(report(office)) == ([] if reaches else [Lack.NOT_SENT_TO_THE_END])


@pytest.mark.parametrize(
    ("at", "reaches"),
    [
        ("2026-11-29T16:59:59Z", False),
        ("2026-11-29T17:00:00Z", True),  # the first second of the 30th in Bangkok
        ("2026-12-01T03:00:00Z", True),
        ("2026-12-03T16:59:59Z", True),
        ("2026-12-03T17:00:00Z", False),  # two days after the report: its clock is wrong
        ("2569-12-01T03:00:00Z", False),
    ],
)
def test_an_entry_that_is_no_sale_tells_how_far_a_till_is(
    office: Office, tmp_path: Path, at: str, *, reaches: bool
) -> None:
    till = Till().enrolled(office.store)
    sold(till, "2026-11-20")
    till.tell(at=at)
    take(office, till, tmp_path)
    assert report(office).final is reaches


@pytest.mark.parametrize("at", ["", "soon", "2026-99-99T99:99:99Z"])
def test_a_moment_nobody_can_read_tells_nothing(office: Office, tmp_path: Path, at: str) -> None:
    till = Till().enrolled(office.store)
    till.tell(at=at)
    office.intake.take(till.save(tmp_path))
    assert not report(office).final


def test_a_gap_is_counted_for_its_till(office: Office, ready: Till, tmp_path: Path) -> None:
    other = Till("MBK2", key=key_of("other")).enrolled(office.store)
    sold(other, *["2026-11-15"] * 8, "2026-12-01")
    take(office, other, tmp_path, 2, 3)
    take(office, other, tmp_path, 7, 9)
    found = report(office)
    (point,) = found.open_points
    assert point.lack is Lack.ENTRIES_MISSING
    (holed,) = point.tills
    assert (holed.till, holed.missing, holed.last) == ("MBK2", 4, 9)
    assert (found.gaps, found.tills[0].missing) == (4, 0)
    take(office, other, tmp_path)
    assert report(office).final
    assert ready.head.seq == 4


def test_a_date_that_cannot_be_true_is_counted_and_proves_nothing(
    office: Office, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    sold(till, "2026-11-20")
    for n, day in ((2, "2026-12-03"), (3, "2026-12-04"), (4, "2569-11-20")):
        till.write(sale(n, day=day), at="2569-11-20T03:00:00Z")
    take(office, till, tmp_path, 1, 1)
    take(office, till, tmp_path, 3, 4)
    found = report(office)
    assert (found.misdated, found.tills[0].misdated) == (2, 2)
    assert found.tills[0].last_business_date == date(2026, 11, 20)
    assert lacks(found) == [Lack.ENTRIES_MISSING, Lack.NOT_SENT_TO_THE_END]
    take(office, till, tmp_path)
    # The third is the day after the report's: a clock may be that far ahead.
    assert report(office).misdated == 2
    assert report(office).tills[0].last_business_date == date(2026, 12, 3)
    assert report(office, date(2026, 12, 3)).misdated == 1


def test_a_file_tells_how_many_of_its_new_sales_are_misdated(
    office: Office, tmp_path: Path
) -> None:
    """Head office's own day is the 22nd here."""
    till = Till().enrolled(office.store)
    for n, day in enumerate(("2026-11-22", "2026-11-23", "2026-11-24", "2087-01-01"), start=1):
        till.write(sale(n, day=day))
    assert office.today() == read_moment(AT).date()
    assert office.intake.take(till.save(tmp_path, 1, 3)).misdated == 1
    assert office.intake.take(till.save(tmp_path)).misdated == 1
    assert office.intake.take(till.save(tmp_path)).misdated == 0


def test_one_group_is_traced_to_every_till(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(sale(1, Part(group="G1")))
    till.write(sale(2, Part(group="G2")))
    take(office, till, tmp_path)
    found = report(office, group="G2")
    assert (found.documents, found.tills[0].documents) == (1, 2)


def test_each_epoch_and_kind_has_its_own_numbers(office: Office, tmp_path: Path) -> None:
    first, second = Till(), Till(epoch=2, key=key_of("second"))
    for till in (first, second):
        till.enrolled(office.store)
        sold(till, "2026-11-03", "2026-11-30")
        take(office, till, tmp_path)
    assert [till.name for till in report(office).tills] == ["CTW1", "CTW1.2"]
    assert report(office).tills[1].series == (
        Series("VAT_RECEIPT", 2, "CTW1.2-V000102", "CTW1.2-V000103"),
    )


def test_numbers_of_seven_digits_come_after_those_of_six(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    for n in (999_999, 1_000_000):
        till.write(sale(n))
    take(office, till, tmp_path)
    (series,) = report(office).tills[0].series
    assert (series.first, series.last) == ("CTW1-V999999", "CTW1-V1000000")


def test_more_sales_and_tills_ask_no_more_of_the_database(office: Office, tmp_path: Path) -> None:
    asked: list[str] = []
    engine = office.store._engine  # noqa: SLF001 - to count what it is asked
    sa.event.listen(engine, "after_cursor_execute", lambda *facts: asked.append(facts[2]))
    report(office)
    few = len(asked)
    for at in range(6):
        till = Till(f"TL{at}", key=key_of(f"{at}")).enrolled(office.store)
        sold(till, *["2026-11-30"] * 10)
        take(office, till, tmp_path)
    asked.clear()
    assert len(report(office).tills) == 6
    assert len(asked) == few < 14


def test_a_file_that_comes_in_meanwhile_is_all_in_the_report_or_not_at_all(
    office: Office, office_url: str, ready: Till, tmp_path: Path
) -> None:
    """One moment is seen, whichever query the file comes in after; SQLite lets it wait instead."""
    other = app.build_office(office_url, clock=lambda: read_moment(AT))
    if office_url.startswith("sqlite"):
        sa.event.listen(other.store._engine, "begin", never_wait)  # noqa: SLF001
    calls: list[int] = []
    outcomes: set[Outcome] = set()

    def meanwhile(*_: object) -> None:
        calls.append(1)
        if len(calls) == after:
            outcomes.add(other.intake.take(path).outcome)

    sa.event.listen(office.store._engine, "after_cursor_execute", meanwhile)  # noqa: SLF001
    for after in range(1, 7):
        sold(ready, "2026-11-30", "2026-11-30")
        path = ready.save(tmp_path, ready.head.seq - 1)
        calls.clear()
        found = report(office)
        assert len(calls) > after
        assert found.documents == found.tills[0].documents
        assert sum(group.pieces for group in found.groups) == found.documents
        take(other, ready, tmp_path)
    other.store.close()
    assert Outcome.ALREADY_THERE not in outcomes
    assert outcomes
    assert office_url.startswith("sqlite") or outcomes == {Outcome.IMPORTED}


@pytest.mark.parametrize(
    ("day", "final"),
    [("2026-10-31", False), ("2026-11-30", False), ("2026-12-01", True), ("2087-01-01", True)],
)
def test_a_session_that_is_open_keeps_its_month_open(
    office: Office, tmp_path: Path, day: str, *, final: bool
) -> None:
    till = Till().enrolled(office.store)
    shift = Shift(till)
    shift.close()
    till.write(SessionOpenedBody(business_date=day, by="S01", n=2, opening=CountBody()))
    # A void bears its sale's date, so rolling on does not let go of the month.
    till.write(DateRolledBody(business_date="2087-01-02", by="S01"), at="2026-12-01T03:00:00Z")
    take(office, till, tmp_path)
    found = report(office)
    assert lacks(found) == ([] if final else [Lack.SESSION_OPEN])
    assert found.tills[0].open_since == date.fromisoformat(day)
    assert [[one.till for one in point.tills] for point in found.open_points] == (
        [] if final else [["CTW1"]]
    )


def test_a_session_that_was_closed_lets_go_of_its_month(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    shift = full_day(till)
    take(office, till, tmp_path)
    assert Lack.SESSION_OPEN in lacks(report(office))
    shift.close()
    till.tell(at="2026-12-01T03:00:00Z")
    take(office, till, tmp_path)
    assert report(office).final
    assert report(office).tills[0].open_since is None


def test_a_session_of_a_newer_program_may_be_of_any_day(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.tell(kind="session_opened", v=2, at="2026-12-01T03:00:00Z")
    take(office, till, tmp_path)
    assert lacks(report(office)) == [Lack.SESSION_OPEN]
    till.tell(kind="session_closed", v=2, at="2026-12-01T03:00:00Z")
    take(office, till, tmp_path)
    assert report(office).final


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_open_point_is_a_sentence(office: Office, tmp_path: Path, language: str) -> None:
    say = resources.words(language)
    till = Till().enrolled(office.store)
    sold(till, "2026-11-05", "2087-11-05", "2026-11-05")
    Shift(till)
    take(office, till, tmp_path, 2)
    for at in range(30):
        Till(f"TL{at:02}", key=key_of(f"{at}")).enrolled(office.store)
    found = report(office, date(2026, 11, 30))
    told = reasons(found, say)
    assert len(told) == len(set(told)) == len(found.open_points) == 5
    assert all("CTW1" in told[at] for at in (1, 3, 4))
    assert "TL07" in told[2]
    assert "TL08" not in told[2]
    assert "22" in told[2]
    (caution,) = cautions(found, say)
    assert "CTW1" in caution
    assert ("1 ธ.ค. 2569" if language == "th" else "1 Dec 2026") in caution
    assert all(len(text) < 300 for text in (*told, caution))


def test_the_end_of_all_days_has_a_horizon() -> None:
    assert horizon(date.max) == date.max
    assert horizon(DECEMBER) == date(2026, 12, 3)
