"""Refunds and voids come in as rows below nought, so that every month just adds up."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.office.forge import Part, Till, all_rows, groups, key_of, refund, sale, void
from tests.office.shifts import discount, line, promoted, sold
from tofan_pos.app import Office
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.money import MOST
from tofan_pos.office.intake import Outcome, Result
from tofan_pos.office.ledger import share_report
from tofan_pos.office.papers import report_pdf, report_sheet
from tofan_pos.store.month import GroupTotals, Series
from tofan_pos.store.office_tables import office as tables
from tofan_pos.sync.documents import ReversalBody, SaleBody, TenderBody, VoidedLineBody
from tofan_pos.words import Words

TODAY = date(2026, 12, 2)
numbers = count(1)


def take(office: Office, till: Till, folder: Path) -> Result:
    return office.intake.take(till.save(folder))


def rows_of(url: str, table: str) -> list[dict[str, Any]]:
    names = tables.tables[table].columns.keys()
    return [dict(zip(names, row, strict=True)) for row in all_rows(url)[table]]


def test_a_refund_is_a_document_below_nought(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1, Part(quantity=3, paid=100_00, vat=6_54, share=65_43), Part("G2")))
    given = till.write(refund(1, bought, {0: 2}))
    result = take(office, till, tmp_path)
    assert (result.outcome, result.sales, result.reversals) == (Outcome.IMPORTED, 1, 1)
    _, back = rows_of(office_url, "sale")
    assert (back["document"], back["number"], back["of"]) == (
        "REFUND",
        "CTW1-C000001",
        "CTW1-V000001",
    )
    assert (back["total"], back["vat"], back["share"]) == (-66_67, -4_36, -43_62)
    (part,) = (row for row in rows_of(office_url, "sale_line") if row["seq"] == 2)
    assert (part["line"], part["position"], part["quantity"]) == (0, 0, -2)
    assert (part["gross"], part["paid"], part["vat"], part["share"]) == (
        -66_67,
        -66_67,
        -4_36,
        -43_62,
    )
    (tender,) = (row for row in rows_of(office_url, "tender") if row["seq"] == 2)
    assert (tender["kind"], tender["amount"]) == ("cash", -given.total)


def test_a_line_that_comes_back_goes_by_its_place_in_the_sale(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1, Part("G1"), Part("G2"), Part("G3")))
    till.write(refund(1, bought, {2: 1}))
    take(office, till, tmp_path)
    lines = [(row["seq"], row["position"], row["line"]) for row in rows_of(office_url, "sale_line")]
    assert lines == [(1, 0, 0), (1, 1, 1), (1, 2, 2), (2, 0, 2)]


def test_a_void_has_the_number_of_its_sale(office: Office, office_url: str, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1))
    till.write(void(bought))
    assert take(office, till, tmp_path).reversals == 1
    first, second = rows_of(office_url, "sale")
    assert (first["number"], first["document"]) == (second["number"], "VAT_RECEIPT")
    assert (second["document"], second["of"]) == ("VOID", first["number"])
    assert second["total"] == -first["total"]


def test_what_was_discounted_and_voided_is_kept(
    office: Office, office_url: str, tmp_path: Path
) -> None:
    till = Till().enrolled(office.store)
    till.write(
        sold(
            1,
            line(2, discounted=5_00, discount=discount("mall"), basket_discount=3_00),
            line(1, discounted=1_00, promotion=promoted("brand", 1_00)),
            discount=discount("shared"),
            voided=(VoidedLineBody(code="X", quantity=2, amount=40_00),) * 2,
        )
    )
    take(office, till, tmp_path)
    (document,) = rows_of(office_url, "sale")
    assert (document["bearer"], document["voided_lines"], document["voided_amount"]) == (
        "shared",
        2,
        80_00,
    )
    told = [
        (row["discounted"], row["basket_discount"], row["bearer"])
        for row in rows_of(office_url, "sale_line")
    ]
    assert told == [(5_00, 3_00, "mall"), (1_00, 0, "brand")]


def test_the_second_time_nothing_happens(office: Office, office_url: str, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1, Part(quantity=2)))
    till.write(refund(1, bought, {0: 1}))
    till.write(void(till.write(sale(2))))
    office.intake.take(till.save(tmp_path, 1, 3))
    again = take(office, till, tmp_path)
    assert (again.added, again.sales, again.reversals) == (1, 0, 1)
    before = all_rows(office_url)
    again = take(office, till, tmp_path)
    assert (again.outcome, again.reversals) == (Outcome.ALREADY_THERE, 0)
    assert all_rows(office_url) == before


# --- contradictions -------------------------------------------------------------------------------


def changed(body: ReversalBody, **changes: Any) -> ReversalBody:
    """Return a refund whose first line is another."""
    first = structs.replace(body.lines[0], **changes)
    return structs.replace(body, lines=(first, *body.lines[1:]))


CONTRADICTIONS: dict[str, Callable[[ReversalBody], ReversalBody]] = {
    "a day there is not": lambda body: structs.replace(body, business_date="2026-02-30"),
    "a day of the sale there is not": lambda body: structs.replace(body, of_date="2026-13-01"),
    "a total its lines do not make": lambda body: structs.replace(body, total=body.total + 1),
    "VAT its lines do not make": lambda body: structs.replace(body, vat=body.vat + 1),
    "a share its lines do not make": lambda body: structs.replace(body, share=body.share + 1),
    "a share above what was paid": lambda body: structs.replace(
        changed(body, share=body.lines[0].paid + 1), share=body.lines[0].paid + 1
    ),
    "no pieces": lambda body: changed(body, quantity=0),
    "more pieces than any till has": lambda body: changed(body, quantity=2**52),
    "paid back too little": lambda body: structs.replace(body, tenders=()),
    "paid back too much": lambda body: structs.replace(body, tenders=body.tenders * 2),
    "no lines": lambda body: structs.replace(body, lines=(), tenders=(), total=0, vat=0, share=0),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
@pytest.mark.parametrize("kind", ["refund", "void"])
def test_a_reversal_at_odds_with_itself_is_refused(
    office: Office, office_url: str, tmp_path: Path, name: str, kind: str
) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1))
    honest = refund(1, bought) if kind == "refund" else void(bought)
    till.write(CONTRADICTIONS[name](honest))
    before = all_rows(office_url)
    result = take(office, till, tmp_path)
    assert isinstance(result.problem, Refusal)
    assert result.problem.why is Why.ENTRY_CONTRADICTS
    assert result.problem.facts["seq"] == 2
    assert all_rows(office_url) == before


def refused(office: Office, till: Till, folder: Path) -> bool:
    problem = take(office, till, folder).problem
    return isinstance(problem, Refusal) and problem.why is Why.ENTRY_CONTRADICTS


def test_a_sale_is_voided_once(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1))
    till.write(void(bought))
    till.write(void(bought))
    assert refused(office, till, tmp_path)


def test_a_refunds_number_is_given_once(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    bought = till.write(sale(1, Part(quantity=2)))
    till.write(refund(1, bought, {0: 1}))
    till.write(structs.replace(refund(1, bought, {0: 1}, before={0: 1})))
    assert refused(office, till, tmp_path)


def test_nobody_voids_another_tills_sale(office: Office, tmp_path: Path) -> None:
    till = Till().enrolled(office.store)
    till.write(structs.replace(void(sale(1)), of="MBK2-V000001"))
    assert refused(office, till, tmp_path)


@pytest.mark.parametrize("word", ["REFUND", "VOID"])
def test_a_sale_cannot_call_itself_a_reversal(office: Office, tmp_path: Path, word: str) -> None:
    till = Till().enrolled(office.store)
    till.write(structs.replace(sale(1), document=word))
    assert refused(office, till, tmp_path)


TOO_MUCH: dict[str, Callable[[SaleBody], SaleBody]] = {
    "a tender": lambda body: structs.replace(
        body, tenders=(TenderBody(amount=MOST + 1, kind="cash"),)
    ),
    "a voided line": lambda body: structs.replace(
        body, voided=(VoidedLineBody(code="X", quantity=1, amount=MOST + 1),)
    ),
    "a quantity": lambda body: structs.replace(
        body,
        lines=(line(2**50, 0),),
        total=0,
        vat=0,
        share=0,
    ),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_no_sum_may_ever_overflow(office: Office, tmp_path: Path, name: str) -> None:
    till = Till().enrolled(office.store)
    till.write(TOO_MUCH[name](sale(1)))
    assert refused(office, till, tmp_path)


# --- the month ------------------------------------------------------------------------------------


@pytest.fixture
def returned(office: Office, tmp_path: Path) -> Office:
    """Return a head office with sales, a refund of an earlier month's sale, and a void."""
    till = Till().enrolled(office.store)
    till.write(groups(G1="Weavers", G2="Potters"))
    october = till.write(sale(1, Part("G2", 2, 214_00, 14_00, 140_00), day="2026-10-30"))
    till.write(sale(2, Part("G1"), day="2026-11-02"))
    mistaken = till.write(sale(3, Part("G1"), Part("G1", paid=1_00, vat=6, share=60)))
    till.write(void(mistaken))
    till.write(refund(1, october, business_date="2026-11-03"))
    till.write(refund(2, mistaken, {1: 1}, business_date="2026-12-01"))
    assert take(office, till, tmp_path).outcome is Outcome.IMPORTED
    return office


def test_a_month_has_refunds_beside_its_sales(returned: Office) -> None:
    report = share_report(returned.store, "2026-11", as_of=TODAY)
    assert report.groups == (
        GroupTotals("G1", "กลุ่ม Weavers", "Weavers", 1, 215_00, 108_00, 7_00, 70_00),
        GroupTotals("G2", "กลุ่ม Potters", "Potters", -2, 0, 214_00, -14_00, -140_00),
    )
    assert (report.sales, report.refunds, report.vat, report.share) == (
        215_00,
        322_00,
        -7_00,
        -70_00,
    )


def test_a_void_is_no_document_of_its_own(returned: Office) -> None:
    report = share_report(returned.store, "2026-11", as_of=TODAY)
    (till,) = report.tills
    assert till.series == (
        Series("VAT_RECEIPT", 2, "CTW1-V000002", "CTW1-V000003"),
        Series("REFUND", 1, "CTW1-C000001", "CTW1-C000001"),
    )
    assert report.documents == till.documents == 3
    assert report.final
    alone = share_report(returned.store, "2026-11", as_of=TODAY, group="G1")
    assert (alone.documents, alone.refunds) == (2, 108_00)
    assert share_report(returned.store, "2026-11", as_of=TODAY, group="G2").documents == 1


def test_a_month_below_nought_is_set_on_paper_and_in_a_workbook(
    returned: Office, say: Words
) -> None:
    report = share_report(returned.store, "2026-11", as_of=TODAY)
    assert report.share < 0
    assert report_pdf(report, say).startswith(b"%PDF")
    assert report_pdf(report, say) == report_pdf(report, say)
    assert report_sheet(report, say).startswith(b"PK")


parts = st.builds(
    lambda group, quantity, paid: Part(
        group, quantity, paid, vat := paid * 7 // 107, (paid - vat) * 7 // 10
    ),
    st.sampled_from(("G1", "G2", "G3")),
    st.integers(1, 9),
    st.integers(1, 5000_00),
)
acts = st.lists(
    st.tuples(
        st.lists(parts, min_size=1, max_size=3),
        st.sampled_from(("kept", "void", "piecewise", "at once")),
        st.sampled_from(("2026-11-01", "2026-11-30", "2026-12-01")),
    ),
    min_size=1,
    max_size=6,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=settings().max_examples // 4,
)
@given(acts, st.randoms(use_true_random=False))
def test_months_are_what_was_sold_less_what_came_back(
    office: Office,
    tmp_path: Path,
    told: Counter[tuple[str, str, str]],
    day: list[tuple[list[Part], str, str]],
    chance: random.Random,
) -> None:
    """Each example adds a till to the same head office, and its documents to an independent sum."""
    code = f"T{next(numbers)}"
    till = Till(code, key=key_of(code)).enrolled(office.store)
    refunds = count(1)
    for n, (lines, what, back_on) in enumerate(day, start=1):
        bought = till.write(sale(n, *lines, day="2026-11-15"))
        tell(told, "2026-11", bought, 1)
        if what == "void":
            tell(told, "2026-11", till.write(void(bought)), -1)
        elif what == "at once":
            back = refund(next(refunds), bought, business_date=back_on)
            tell(told, back_on[:7], till.write(back), -1)
        elif what == "piecewise":
            came = dict.fromkeys(range(len(lines)), 0)
            left = [at for at, one in enumerate(lines) for _ in range(one.quantity)]
            chance.shuffle(left)
            for at in left:
                back = refund(
                    next(refunds), bought, {at: 1}, before=dict(came), business_date=back_on
                )
                tell(told, back_on[:7], till.write(back), -1)
                came[at] += 1
    assert take(office, till, tmp_path).outcome is Outcome.IMPORTED
    for month in ("2026-11", "2026-12"):
        report = share_report(office.store, month, as_of=TODAY)
        for group in report.groups:
            for name in ("pieces", "sales", "refunds", "vat", "share"):
                assert getattr(group, name) == told[month, group.group, name], (month, name)
        assert report.share == sum(
            amount for key, amount in told.items() if key[0] == month and key[2] == "share"
        )
    # What came back whole, however piece by piece, cost the makers what it had brought them.
    told["", "", "kept"] += sum(
        part.share for lines, what, _ in day if what == "kept" for part in lines
    )
    months = ("2026-11", "2026-12")
    owed = sum(share_report(office.store, month, as_of=TODAY).share for month in months)
    assert owed == told["", "", "kept"]
    assert not office.store.overdrawn()


def tell(
    told: Counter[tuple[str, str, str]], month: str, body: SaleBody | ReversalBody, sign: int
) -> None:
    for one in body.lines:
        told[month, one.group, "pieces"] += sign * one.quantity
        told[month, one.group, "sales" if sign > 0 else "refunds"] += one.paid
        told[month, one.group, "vat"] += sign * one.vat
        told[month, one.group, "share"] += sign * one.share


@pytest.fixture
def told() -> Counter[tuple[str, str, str]]:
    return Counter()
