"""What comes back of a line, piece by piece or at once, is what it was, and never more."""

from hypothesis import given
from hypothesis import strategies as st

from tofan_pos.domain.catalogue import TaxKind, Text
from tofan_pos.domain.reversal import SoldLine, part_of


def line_of(quantity: int, paid: int, vat: int, share: int) -> SoldLine:
    """Return a sold line."""
    return SoldLine(
        position=0,
        code="TF-1",
        name=Text("ผ้าทอ", "Cloth"),
        group="G1",
        quantity=quantity,
        paid=paid,
        tax=TaxKind.STANDARD,
        vat=vat,
        share=share,
    )


@st.composite
def lines(draw: st.DrawFn) -> SoldLine:
    """Draw any sold line; small amounts over many pieces are where rounding shows."""
    paid = draw(st.integers(0, 30) | st.integers(0, 10_000_00))
    vat, share = draw(st.integers(0, paid)), draw(st.integers(0, paid))
    return line_of(draw(st.integers(1, 30)), paid, vat, share)


@given(lines(), st.data())
def test_parts_add_up_and_none_gives_back_more_than_it_pays(
    line: SoldLine, data: st.DataObject
) -> None:
    before, sums = 0, [0, 0, 0]
    while before < line.quantity:
        quantity = data.draw(st.integers(1, line.quantity - before))
        part = part_of(line, before=before, quantity=quantity)
        assert 0 <= part.vat <= part.paid
        assert 0 <= part.share <= part.paid
        for at, amount in enumerate((part.paid, part.vat, part.share)):
            sums[at] += amount
        before += quantity
    assert sums == [line.paid, line.vat, line.share]


def test_a_piece_that_pays_nothing_back_owes_the_makers_nothing() -> None:
    line = line_of(3, 2, 0, 1)
    parts = [part_of(line, before=before, quantity=1) for before in range(3)]
    assert [(part.paid, part.share) for part in parts] == [(1, 1), (0, 0), (1, 0)]
