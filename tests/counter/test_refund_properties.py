"""Refunds in any order, by anybody: never more than was bought, and to the satang."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counter.tills import (
    Clock,
    Paper,
    catalogue,
    make_till,
    opened,
    proof,
    quick_folder,
    ring,
)
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.catalogue import SharePolicy, TaxKind, Text
from tofan_pos.domain.errors import Refusal, Why
from tofan_pos.domain.reversal import (
    GivenBack,
    Origin,
    SoldLine,
    paid_back_as_paid,
    reverse_lines,
)
from tofan_pos.domain.sale import Tender, TenderKind, TenderType
from tofan_pos.domain.session import checked_reason
from tofan_pos.sync.return_code import return_code

ROOT = Path(__file__).parents[2]
REASON = "สีไม่ถูกใจ"
CARD = TenderType(code="EDC1", kind=TenderKind.CARD, name=Text("บัตร", "Card"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    goods = replace(catalogue(), tender_types=(CARD,))
    make_till(tmp_path, goods=goods, printer="file:receipts")
    with opened(tmp_path, paper=Paper()) as desk:
        yield desk


def refused(why: Why, verb: object, *args: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        verb(*args, **more)  # type: ignore[operator]
    assert caught.value.why is why
    return caught.value


def test_a_code_of_this_till_is_its_own_receipt(desk: Desk) -> None:
    sold = ring(desk)
    code = return_code(sold.sale, desk.outbox.keys.load())
    assert desk.refunds.find(code).own


# --- properties -----------------------------------------------------------------------------------

AMOUNTS = st.integers(0, 10_000_000)


@given(
    paid=AMOUNTS,
    vat_part=st.integers(0, 10_000),
    share_part=st.integers(0, 10_000),
    pieces=st.lists(st.integers(1, 9), min_size=1, max_size=8),
)
def test_however_a_line_comes_back_it_is_what_was_paid(
    paid: int, vat_part: int, share_part: int, pieces: list[int]
) -> None:
    line = SoldLine(
        position=0,
        code="A",
        name=Text("ก"),
        group="G",
        quantity=sum(pieces),
        paid=paid,
        tax=TaxKind.STANDARD,
        vat=paid * vat_part // 10_000,
        share=paid * share_part // 10_000,
    )
    origin = Origin(
        number="X",
        till="X",
        business_date=Clock()().date(),
        total=paid,
        vat_rate_bp=700,
        policy=SharePolicy(),
        lines=(line,),
    )
    before = 0
    back = [0, 0, 0]
    for many in pieces:
        (part,) = reverse_lines(origin, {0: many}, {0: GivenBack(before)})
        assert min(part.paid, part.vat, part.share) >= 0
        assert part.vat <= part.paid
        before += many
        back = [a + b for a, b in zip(back, (part.paid, part.vat, part.share), strict=True)]
    assert back == [line.paid, line.vat, line.share]


@given(
    st.lists(st.tuples(st.sampled_from(["cash", "A", "B"]), st.integers(1, 500)), max_size=4),
    st.integers(0, 300),
    st.data(),
)
def test_what_is_paid_back_as_it_was_paid_sums_and_never_exceeds(
    paid: list[tuple[str, int]], change: int, data: st.DataObject
) -> None:
    tenders = tuple(
        Tender(TenderKind.CASH, amount)
        if key == "cash"
        else Tender(TenderKind.CARD, amount, key, "1")
        for key, amount in paid
    )
    change = min(change, sum(t.amount for t in tenders if t.kind.is_cash))
    total = sum(t.amount for t in tenders) - change
    origin = Origin(
        number="X",
        till="X",
        business_date=Clock()().date(),
        total=total,
        vat_rate_bp=0,
        policy=SharePolicy(),
        lines=(),
        tenders=tenders,
        change=change,
    )
    earlier: list[Tender] = []
    while total:
        part = data.draw(st.integers(1, total))
        back = paid_back_as_paid(origin, part, earlier)
        assert back is not None
        assert sum(t.amount for t in back) == part
        earlier += back
        total -= part
    for key in {t.key for t in tenders}:
        came = sum(t.amount for t in tenders if t.key == key) - (change if key == "cash" else 0)
        assert sum(t.amount for t in earlier if t.key == key) == came
    assert paid_back_as_paid(origin, 1, earlier) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 3)), max_size=12))
def test_refunds_never_exceed_sales(moves: list[tuple[int, int, int]]) -> None:
    with quick_folder() as folder:
        make_till(folder)
        with opened(folder) as desk:
            sold = [ring(desk, *(["TF-HONEY"] * 2), "TF-BASKET", "TF-SCARF") for _ in range(2)]
            back = [[0, 0, 0] for _ in sold]
            for which, line, many in moves:
                sale = sold[which % 2]
                found = desk.refunds.of_sale(sale)
                left = sale.sale.lines[line].quantity - back[which % 2][line]
                if many <= left:
                    desk.refunds.refund(found, {line: many}, REASON)
                    back[which % 2][line] += many
                else:
                    refused(Why.MORE_THAN_BOUGHT, desk.refunds.refund, found, {line: many}, REASON)
            for stored, given_back in zip(sold, back, strict=True):
                for position, pieces in enumerate(given_back):
                    with desk.store.reading() as look:
                        came = look.given_back(stored.sale.number).get(position, GivenBack())
                    assert came.quantity == pieces
                    sold_line = stored.sale.lines[position]
                    if pieces == sold_line.quantity:
                        assert (came.paid, came.share) == (sold_line.paid, sold_line.share)
            x = desk.day.x()
            assert x.net.total == x.expected()["cash"]
            assert proof(desk).flaw is None


TAKING_BACK = """
import sys
from pathlib import Path
from tests.counter.tills import opened
from tofan_pos.domain.errors import Refusal
with opened(Path(sys.argv[1])) as desk:
    found = desk.refunds.find("TST1-V000001")
    for _ in range(30):
        try:
            print(desk.refunds.refund(found, {0: 1}, "x").reversal.number)
        except Refusal as refusal:
            print(refusal.why.value)
"""


def test_two_programs_together_take_back_no_more_than_was_bought(tmp_path: Path) -> None:
    make_till(tmp_path)
    with opened(tmp_path) as desk:
        ring(desk, *["TF-HONEY"] * 25)
    both = [
        subprocess.Popen(
            (sys.executable, "-c", TAKING_BACK, str(tmp_path)),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    said = [program.communicate()[0].split() for program in both]
    assert [program.returncode for program in both] == [0, 0]
    numbers = sorted(word for words in said for word in words if word.startswith("TST1-"))
    assert numbers == [f"TST1-C{n:06d}" for n in range(1, 26)]
    assert [word for words in said for word in words].count("more_than_bought") == 35
    with opened(tmp_path) as desk:
        assert proof(desk).flaw is None
        assert desk.day.x().net.total == 0


def test_a_reason_is_cleaned(desk: Desk) -> None:
    assert checked_reason("  a\u202eb ") == "a b"
    found = desk.refunds.of_sale(ring(desk))
    refused(Why.CARD_NUMBER, desk.refunds.refund, found, {0: 1}, "4111 1111 1111 1111")
