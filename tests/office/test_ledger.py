"""The report is the sum of what was sold: by month, by group, to the satang."""

import shutil
from collections import Counter
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.counter.tills import Clock, cash, make_till, opened
from tests.office.forge import AT, Part, Till, groups, sale
from tests.sync.goods import WHOLE
from tofan_pos.app import Office
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.sale import Sale
from tofan_pos.office.enrolment import enrol
from tofan_pos.office.gaps import all_gaps
from tofan_pos.office.intake import Outcome
from tofan_pos.office.ledger import month_of, share_report
from tofan_pos.office.publishing import publish
from tofan_pos.sync.enrolment import FILE_NAME, read_request
from tofan_pos.sync.sales import read_moment

GOODS = ("TF-SCARF", "TF-BASKET", "TF-HONEY")
MOMENTS = (
    datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC),  # the last second of October in Bangkok
    datetime(2026, 10, 31, 17, 0, 0, tzinfo=UTC),  # the first of November
    datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 30, 17, 0, 0, tzinfo=UTC),
)
TODAY = date(2026, 12, 2)
MONTHS = ("2026-10", "2026-11", "2026-12")
numbers = count(1)

percents = st.none() | st.integers(1, 100_00)
rung = st.fixed_dictionaries(
    {
        "lines": st.lists(
            st.tuples(st.sampled_from(GOODS), st.integers(1, 40), percents),
            min_size=1,
            max_size=3,
            unique_by=lambda line: line[0],
        ),
        "off": percents,
        "moment": st.sampled_from(MOMENTS),
    }
)


def off(value: int) -> Discount:
    return Discount(kind=DiscountKind.PERCENT, value=value, reason="ทดลอง", bearer=Bearer.BRAND)


def ring_up(folder: Path, day: list[dict[str, object]]) -> list[Sale]:
    """Sell through the counter's own verbs, export, and return what was sold."""
    clock = Clock()
    sold = []
    with opened(folder, clock=clock) as desk:
        for each in sorted(day, key=lambda one: str(one["moment"])):
            moment, lines = each["moment"], each["lines"]
            assert isinstance(moment, datetime)
            assert isinstance(lines, list)
            clock.at = moment
            for code, quantity, percent in lines:
                index = desk.register.scan(code).index
                desk.register.set_quantity(index, quantity)
                desk.register.discount_line(index, off(percent) if percent else None)
            if isinstance(each["off"], int) and desk.register.basket.total:
                desk.register.discount_basket(off(each["off"]))
            sold.append(desk.register.pay(cash(desk.register.basket.total)).sale)
        desk.outbox.export(folder / "out")
    return sold


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 5,
)
@given(st.lists(rung, min_size=1, max_size=6))
def test_the_report_is_the_sum_of_what_was_sold(
    office: Office,
    tmp_path: Path,
    told: Counter[tuple[str, str, str]],
    day: list[dict[str, object]],
) -> None:
    """Each example adds a till to the same head office, and its sales to an independent sum."""
    folder = tmp_path / f"till{next(numbers)}"
    make_till(folder, till=f"T{next(numbers)}")
    enrol(office.store, read_request(folder / FILE_NAME), clock=lambda: read_moment(AT))
    for sold in ring_up(folder, day):
        month = sold.business_date.isoformat()[:7]
        told[month, "", "documents"] += 1
        for line in sold.lines:
            told[month, line.group, "pieces"] += line.quantity
            told[month, line.group, "sales"] += line.paid
            told[month, line.group, "vat"] += line.vat
            told[month, line.group, "share"] += line.share
        # Exactly the stated share of each document, rounded once, half up.
        base = sold.total - sold.vat
        assert sum(line.share for line in sold.lines) == (base * 7000 * 2 + 10_000) // 20_000
    (result,) = office.intake.take_all([folder / "out"])
    assert result.outcome is Outcome.IMPORTED
    shutil.rmtree(folder)
    for month in MONTHS:
        report = share_report(office.store, month, as_of=TODAY)
        assert report.documents == told[month, "", "documents"]
        for group in report.groups:
            facts = (group.pieces, group.sales, group.vat, group.share)
            names = ("pieces", "sales", "vat", "share")
            assert facts == tuple(told[month, group.group, name] for name in names)
            assert group.refunds == 0
        for name, total in (("sales", report.sales), ("vat", report.vat), ("share", report.share)):
            assert total == sum(told[key] for key in told if key[0] == month and key[2] == name)


@pytest.fixture
def told() -> Counter[tuple[str, str, str]]:
    return Counter()


@pytest.fixture
def sold(office: Office, tmp_path: Path) -> Office:
    """Return a head office that holds three months of known sales."""
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers", G3="Silent"))
    till.write(sale(1, Part(group="G1", quantity=2), Part(group="G2"), day="2026-11-01"))
    till.write(sale(2, Part(group="G1", paid=1, vat=0, share=1), day="2026-11-30"))
    till.write(sale(3, Part(group="G2"), day="2026-12-01"))
    till.write(sale(4, Part(group="G1"), day="2026-10-31"))
    office.intake.take(till.save(tmp_path))
    return office


def test_a_month_is_added_up_by_group(sold: Office) -> None:
    report = share_report(sold.store, "2026-11", as_of=TODAY)
    assert (report.first_day, report.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    first, second = report.groups
    assert (first.group, first.label_en, first.label_th) == ("G1", "Weavers", "กลุ่ม Weavers")
    assert (first.pieces, first.sales, first.vat, first.share) == (3, 107_01, 7_00, 70_01)
    assert (second.group, second.label_en, second.share) == ("G2", "", 70_00)
    assert (report.documents, report.sales, report.refunds) == (2, 214_01, 0)
    assert (report.vat, report.share, report.gaps) == (14_00, 140_01, 0)


@pytest.mark.parametrize("month", ["2569-11", "๒๕๖๙-๑๑", " 2026-11 ", "2026-11\n"])
def test_a_month_may_be_written_as_people_write_it(sold: Office, month: str) -> None:
    assert share_report(sold.store, month, as_of=TODAY) == share_report(
        sold.store, "2026-11", as_of=TODAY
    )


def test_one_group_is_reported_alone(sold: Office) -> None:
    report = share_report(sold.store, "2026-11", group="G2", as_of=TODAY)
    assert [group.group for group in report.groups] == ["G2"]
    assert (report.documents, report.share, report.gaps, report.group) == (1, 70_00, 0, "G2")


def test_a_group_that_sold_nothing_is_known_and_empty(sold: Office) -> None:
    for group in ("G3", "G2"):
        report = share_report(sold.store, "2020-01", group=group, as_of=TODAY)
        assert (report.groups, report.documents, report.share) == ((), 0, 0)


@pytest.mark.parametrize("group", ["G9", "g1", "G", "' OR 1=1 --", "G1 ", "%"])
def test_a_group_nobody_named_is_refused(sold: Office, group: str) -> None:
    with pytest.raises(Refusal) as refused:
        share_report(sold.store, "2026-11", group=group, as_of=TODAY)
    assert refused.value.why is Why.NO_SUCH_GROUP


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2571-2", date(2028, 2, 1), date(2028, 2, 29)),
        ("2400-01", date(2400, 1, 1), date(2400, 1, 31)),
        ("2401-01", date(1858, 1, 1), date(1858, 1, 31)),
    ],
)
def test_a_month_has_its_days(text: str, first: date, last: date) -> None:
    assert month_of(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "0000-01", "26-11", "2026-11-01", "11/2026", "x" * 99],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        month_of(text)
    assert refused.value.why is Why.MONTH_UNREADABLE


def test_two_exports_of_a_day_are_one_day(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "till"
    make_till(folder)
    enrol(office.store, read_request(folder / FILE_NAME), clock=lambda: read_moment(AT))
    one: list[dict[str, object]] = [
        {"lines": [("TF-SCARF", 1, None)], "off": None, "moment": MOMENTS[1]}
    ]
    ring_up(folder, one)
    ring_up(folder, one)
    results = office.intake.take_all([folder / "out", folder / "out"])
    assert sum(result.sales for result in results) == 2
    assert share_report(office.store, "2026-11", as_of=TODAY).documents == 2
    assert all_gaps(office.store) == ()


def test_a_group_is_called_what_head_office_published(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(groups(G1="Of a till's", G3="Of a till's"))
    till.write(sale(1, Part(), Part(group="G3")))
    office.intake.take(till.save(tmp_path))

    def called() -> list[tuple[str, str, str]]:
        found = share_report(office.store, "2026-11", as_of=TODAY).groups
        return [(one.group, one.label_th, one.label_en) for one in found]

    theirs = ("กลุ่ม Of a till's", "Of a till's")
    assert called() == [("G1", *theirs), ("G3", *theirs)]
    publish(office.store, office.key(), WHOLE, clock=lambda: read_moment(AT))
    assert called() == [("G1", "กลุ่มทอผ้า", "Weavers"), ("G3", *theirs)]
