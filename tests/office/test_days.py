"""Head office's own figures of a day, and every Z held against them, figure by figure."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from msgspec import structs

from tests.office.forge import Till, key_of
from tests.office.shifts import Shift, full_day, line, sold
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.report import Tally, TillReport
from tofan_pos.office.checks import DayCheck, Difference, Finding, Seal, check_days
from tofan_pos.office.days import till_report
from tofan_pos.office.intake import Outcome
from tofan_pos.store.engine import open_url
from tofan_pos.store.office import OfficeStore
from tofan_pos.store.office_days import count_between, events_held
from tofan_pos.sync.days import sign_figures
from tofan_pos.sync.events import (
    CountBody,
    SessionClosedBody,
)


def taken(office: Office, till: Till, folder: Path, *runs: tuple[int, int]) -> None:
    for first, last in runs or ((0, 0),):
        result = office.intake.take(till.save(folder, first, last))
        assert result.outcome is Outcome.IMPORTED, result.problem


def in_order(report: TillReport) -> TillReport:
    """Return a report whose lists stand in one order: theirs means nothing."""
    return replace(
        report,
        tenders=tuple(sorted(report.tenders, key=lambda one: one.key)),
        discounts=tuple(sorted(report.discounts)),
        runs=tuple(sorted(report.runs, key=lambda one: one.series)),
    )


def test_every_figure_of_a_day_is_found_from_the_entries(office: Office, tmp_path: Path) -> None:
    shift = full_day(Till().enrolled(office.store))
    shift.count()
    report = shift.report()
    shift.close()
    taken(office, shift.till, tmp_path)
    assert in_order(till_report(office.store, "CTW1", 1, 1)) == in_order(report)
    assert report.overrides == 9
    assert report.price_changes == Tally(2, 24_00)
    assert report.no_receipt == Tally(1, 40_00)
    assert report.exchanges.count == 1
    assert (report.sales.exempt, report.refunds.exempt, report.voids.exempt) == (
        150_00,
        40_00,
        30_00,
    )
    voided = {one.key: one.voided for one in report.tenders if one.voided}
    assert voided == {"cash": 100_00, "EDC1": 36_00}
    assert report.expected()["EDC1"] == 200_00
    assert (report.no_sales, report.reprints, report.parked) == (1, 2, 1)
    assert (report.refunds.count, report.voids.count, report.sales.count) == (4, 1, 6)
    assert dict(report.discounts) == {
        "brand": 10_00,
        "mall": 5_01,
        "shared": 10_00,
    }


def test_several_sessions_agree_each_after_the_other(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(sold(500, line()))  # before there were sessions
    before, parked = 107_00, 0
    for n in range(1, 4):
        shift = full_day(till, n, first=n * 10, before=before, parked_before=parked)
        before, parked = shift.report().grand_total, shift.report().parked
        shift.close({"EDC1": 1, "V": 5_00})
    taken(office, till, tmp_path)
    checks = check_days(office.store)
    assert [check.finding for check in checks] == [Finding.AGREES] * 3, checks
    assert [check.seal for check in checks] == [Seal.HOLDS] * 3
    assert [check.z.number for check in checks] == [f"CTW1-Z{n:06d}" for n in range(1, 4)]
    assert not any(check.wrong or check.unchecked or check.differences for check in checks)
    for n in range(1, 4):
        assert till_report(office.store, "CTW1", 1, n).n == n
    assert till_report(office.store, "CTW1", 1, 3).grand_total == before


def test_differences_say_both_sides(office: Office, tmp_path: Path) -> None:
    shift = full_day(Till().enrolled(office.store))
    shift.count()
    truth = shift.figures()
    shift.close(net_share=truth.net_share + 1)
    taken(office, shift.till, tmp_path)
    (check,) = check_days(office.store)
    assert check.differences == (Difference("net_share", truth.net_share + 1, truth.net_share),)


def test_cash_is_held_against_the_pieces_counted(office: Office, tmp_path: Path) -> None:
    shift = full_day(Till().enrolled(office.store))
    shift.close({"cash": 1234_25})
    taken(office, shift.till, tmp_path)
    (check,) = check_days(office.store)
    assert check.finding is Finding.AGREES
    (cash,) = (one for one in check.z.settled if one.key == "cash")
    assert cash.difference == 1234_25 - shift.report().expected()["cash"]


COUNTS: dict[str, dict[str, Any]] = {
    "counts": {"counts": 3},
    "counted_by": {"counted_by": "S09"},
    "cash.loose": {"cash": CountBody(loose=1)},
    "first_cash.loose": {"first_cash": CountBody(loose=2)},
}


@pytest.mark.parametrize("name", COUNTS)
def test_what_a_z_says_of_its_counts_is_held_against_them(
    office: Office, tmp_path: Path, name: str
) -> None:
    shift = full_day(Till().enrolled(office.store))
    shift.count({"cash": 5_00})
    shift.count(by="S04")
    closed = shift.close()
    assert (closed.counts, closed.counted_by, closed.first_cash) == (2, "S04", CountBody(loose=500))
    shift.till.links.pop()
    shift.till.write(structs.replace(closed, **COUNTS[name]))
    taken(office, shift.till, tmp_path)
    (check,) = check_days(office.store)
    assert name in {one.name for one in check.differences}
    assert {one.name.partition(".")[0] for one in check.differences} == {name.partition(".")[0]}
    assert check.wrong


def test_a_z_that_nobody_counted_for_differs(office: Office, tmp_path: Path) -> None:
    shift = full_day(Till().enrolled(office.store))
    figures = shift.figures()
    cash = next(one.counted for one in figures.settled if one.key == "cash")
    body = SessionClosedBody(
        cash=CountBody(loose=cash),
        counted_by="S03",
        figures=figures,
        signature=sign_figures(figures, shift.till.key),
    )
    shift.till.write(body)
    taken(office, shift.till, tmp_path)
    (check,) = check_days(office.store)
    assert Difference("counts", 1, 0) in check.differences


def test_a_signature_is_told_from_none_and_from_anothers(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    first = full_day(till, 1)
    first.close(sign=False)
    second = full_day(
        till, 2, first=20, before=first.report().grand_total, parked_before=first.report().parked
    )
    closed = second.close()
    till.links.pop()
    figures = closed.figures
    till.write(structs.replace(closed, signature=sign_figures(figures, key_of("stranger"))))
    taken(office, till, tmp_path)
    unsigned, wrong = check_days(office.store)
    assert (unsigned.seal, unsigned.finding, unsigned.wrong) == (
        Seal.UNSIGNED,
        Finding.AGREES,
        False,
    )
    assert (wrong.seal, wrong.finding, wrong.wrong) == (Seal.WRONG, Finding.AGREES, True)


def two_days(office: Office) -> tuple[Till, int]:
    """Return a till with two honest sessions, and the entry of the first one's Z."""
    till = Till().enrolled(office.store)
    first = full_day(till, 1)
    so_far = first.report()
    first.close()
    middle = till.head.seq
    second = full_day(till, 2, first=20, before=so_far.grand_total, parked_before=so_far.parked)
    second.close()
    return till, middle


def findings(checks: list[DayCheck]) -> list[tuple[Finding, tuple[str, ...]]]:
    return [(check.finding, check.unchecked) for check in checks]


def test_a_z_waits_for_what_is_missing(office: Office, tmp_path: Path) -> None:
    till, middle = two_days(office)
    last = till.head.seq
    later = ("grand_total_before", "parked")
    taken(office, till, tmp_path, (middle + 1, last))
    assert findings(check_days(office.store)) == [(Finding.AGREES, later)]
    taken(office, till, tmp_path, (middle, middle))
    assert findings(check_days(office.store)) == [
        (Finding.NOT_YET, ()),
        (Finding.AGREES, later),
    ]
    taken(office, till, tmp_path, (1, 5))
    assert [check.finding for check in check_days(office.store)] == [
        Finding.NOT_YET,
        Finding.AGREES,
    ]
    taken(office, till, tmp_path, (1, last))
    assert findings(check_days(office.store)) == [(Finding.AGREES, ()), (Finding.AGREES, ())]


def test_a_gap_between_opening_and_closing_is_no_difference(office: Office, tmp_path: Path) -> None:
    till, middle = two_days(office)
    taken(office, till, tmp_path, (1, 4), (6, till.head.seq))
    assert middle > 6
    first, second = check_days(office.store)
    assert (first.finding, first.wrong) == (Finding.NOT_YET, False)
    assert (second.finding, second.unchecked) == (
        Finding.AGREES,
        ("grand_total_before", "parked"),
    )


def test_z_numbers_follow_one_another(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    first = full_day(till, 1)
    so_far = first.report()
    first.close()
    second = full_day(till, 3, first=20, before=so_far.grand_total, parked_before=so_far.parked)
    second.close()
    taken(office, till, tmp_path)
    agreed, skipped = check_days(office.store)
    assert agreed.finding is Finding.AGREES
    assert skipped.differences == (Difference("session", 3, 2),)


def test_a_z_without_an_opening_differs(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    shift = full_day(till)
    closed = shift.close()
    till.write(closed)
    taken(office, till, tmp_path)
    first, second = check_days(office.store)
    assert first.finding is Finding.AGREES
    assert second.finding is Finding.DIFFERS
    assert [one.name for one in second.differences] == ["opened_at"]


def test_only_the_till_asked_for_is_checked(office: Office, tmp_path: Path) -> None:
    for code in ("CTW1", "MBK2"):
        shift = full_day(Till(code, key=key_of(code)).enrolled(office.store))
        shift.close()
        taken(office, shift.till, tmp_path)
    assert [check.z.report.till for check in check_days(office.store)] == ["CTW1", "MBK2"]
    assert [check.z.report.till for check in check_days(office.store, "MBK2")] == ["MBK2"]
    assert check_days(office.store, "XX") == []


def test_an_open_session_has_no_z_yet(office: Office, tmp_path: Path) -> None:
    shift = Shift(Till().enrolled(office.store))
    taken(office, shift.till, tmp_path)
    assert check_days(office.store) == []
    with pytest.raises(Refusal) as refused:
        till_report(office.store, "CTW1", 1, 1)
    assert refused.value.why is Why.NO_Z_YET


def test_nothing_changes_when_files_come_twice(office: Office, tmp_path: Path) -> None:
    till, middle = two_days(office)
    taken(office, till, tmp_path, (1, middle + 3))
    taken(office, till, tmp_path)
    before = check_days(office.store)
    assert office.intake.take(till.save(tmp_path)).outcome is Outcome.ALREADY_THERE
    assert check_days(office.store) == before
    assert [check.finding for check in before] == [Finding.AGREES] * 2


def test_a_second_epoch_has_days_of_its_own(office: Office, tmp_path: Path) -> None:
    first = full_day(Till().enrolled(office.store))
    first.close()
    second = full_day(Till(epoch=2, key=key_of("second")).enrolled(office.store))
    second.close()
    for shift in (first, second):
        taken(office, shift.till, tmp_path)
    checks = check_days(office.store)
    assert [check.z.number for check in checks] == ["CTW1-Z000001", "CTW1.2-Z000001"]
    assert [check.finding for check in checks] == [Finding.AGREES] * 2


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "a day": {"business_date": "2026-11-99"},
    "a first day": {"first_business_date": "0000-01-01"},
    "a moment": {"opened_at": "2026-11-22T25:00:00Z"},
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_z_of_a_day_there_is_not_is_refused(office: Office, tmp_path: Path, name: str) -> None:
    shift = full_day(Till().enrolled(office.store))
    shift.close(**IMPOSSIBLE[name])
    result = office.intake.take(shift.till.save(tmp_path))
    assert isinstance(result.problem, Refusal)
    assert result.problem.why is Why.ENTRY_CONTRADICTS


def test_a_z_that_counted_no_cash_is_shown_all_the_same(office: Office, tmp_path: Path) -> None:
    shift = full_day(Till().enrolled(office.store))
    closed: SessionClosedBody = shift.close(settled=())
    assert closed.figures.settled == ()
    taken(office, shift.till, tmp_path)
    (check,) = check_days(office.store)
    assert check.finding is Finding.DIFFERS


def test_a_days_entries_are_found_by_their_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    OfficeStore.create(url).close()
    engine = open_url(url)
    asked: list[tuple[str, Any]] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def listen(_c: object, _k: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    events_held(engine, "CTW1", 1, ("session_opened", "session_closed"))
    count_between(engine, "CTW1", 1, "parked", first=1, last=9)
    queries = [one for one in asked if "entry" in one[0]]
    with engine.connect() as connection:
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", parameters).all())
            for query, parameters in queries
        ]
    engine.dispose()
    assert len(plans) == 2
    assert all("ix_entry_events" in plan for plan in plans), plans
