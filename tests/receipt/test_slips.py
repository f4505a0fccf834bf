"""What the slips of a session say."""

from collections.abc import Callable

import pytest

from tests.receipt import day, samples
from tests.receipt.samples import said, worded
from tofan_pos.domain.count import Count
from tofan_pos.domain.money import baht, shown
from tofan_pos.domain.session import Movement, MovementKind
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.document import Barcode, Document, Signatures
from tofan_pos.receipt.paper import MM58, MM80, Paper
from tofan_pos.receipt.slips import movement, opening
from tofan_pos.receipt.text import text

LANGUAGES = list(ReceiptLanguage)
TITLES = {
    MovementKind.PAID_IN: "Cash paid in",
    MovementKind.PAID_OUT: "Cash paid out",
    MovementKind.PICKUP: "Cash to the safe",
    MovementKind.CHANGE_DRAWER: "Change of drawer",
}


def slip(
    moved: Movement,
    *,
    language: ReceiptLanguage = ReceiptLanguage.EN,
    copy: int = 0,
    training: bool = False,
) -> Document:
    return movement(
        moved,
        profile=samples.profile(language=language),
        words=samples.WORDS,
        anchor=day.ANCHOR,
        copy=copy,
        training=training,
    )


def opened(
    count: Count = day.FLOAT,
    *,
    language: ReceiptLanguage = ReceiptLanguage.EN,
    training: bool = False,
) -> Document:
    return opening(
        day.session(count),
        profile=samples.profile(language=language),
        words=samples.WORDS,
        anchor=day.ANCHOR,
        approved_by="S09",
        training=training,
    )


def flat(document: Document) -> list[str]:
    return [" ".join(line.split()) for line in said(document).splitlines()]


def signers(document: Document) -> tuple[str, ...]:
    (block,) = [block for block in document.blocks if isinstance(block, Signatures)]
    return block.captions


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(MovementKind))
def test_a_slip_bears_its_number_amount_and_people(
    kind: MovementKind, language: ReceiptLanguage
) -> None:
    document = slip(day.moved(kind), language=language)
    words = said(document)
    assert document.title == "CTW1-M000007"
    assert Barcode("CTW1-M000007") in document.blocks
    for fact in ("฿5,000.00", "ซื้อถุงกระดาษ", "S01", day.ANCHOR):
        assert fact in words
    for one in language.languages:
        assert worded(TITLES[kind])[one] in words
    assert len(signers(document)) == 2


def test_a_slip_says_what_only_its_kind_has() -> None:
    assert "Approved by S09" in flat(slip(day.moved(MovementKind.PAID_OUT)))
    assert "Bag no. SB-004417" in flat(slip(day.moved(MovementKind.PICKUP)))
    changed = flat(slip(day.moved(MovementKind.CHANGE_DRAWER)))
    assert "Drawer B" in changed
    assert "In the new drawer" in changed
    plain = said(slip(day.moved(MovementKind.PAID_IN, reason="")))
    for label in ("Approved by", "Bag no.", "Drawer", "Reason"):
        assert label not in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opening_counts_its_float_by_note_and_coin(language: ReceiptLanguage) -> None:
    document = opened(language=language)
    lines = flat(document)
    assert lines.count("100 × 10 1,000.00") == 1
    assert lines.count("0.25 × 20 5.00") == 1
    assert any(line.endswith(baht(2_000_00)) for line in lines)
    assert sum(n * piece for piece, n in day.FLOAT.pieces) == 2_000_00
    assert len(signers(document)) == 2
    assert any(line.endswith(" 12") for line in lines)


def test_an_opening_counted_as_a_sum_names_no_piece() -> None:
    lines = flat(opened(Count((), 2_000_00)))
    assert "Opening float ฿2,000.00" in lines
    assert not any("×" in line for line in lines)
    mixed = flat(opened(Count(((100_00, 3),), 55_25)))
    assert "Counted as a sum 55.25" in mixed
    assert "Opening float ฿355.25" in mixed


def test_an_empty_drawer_opens_with_nothing() -> None:
    assert "Opening float ฿0.00" in flat(opened(Count()))


@pytest.mark.parametrize(
    "marked",
    [
        lambda: slip(day.moved(MovementKind.PICKUP), copy=2, training=True),
        lambda: opened(training=True),
    ],
)
def test_slips_carry_the_mark_of_training(marked: Callable[[], Document]) -> None:
    lines = flat(marked())
    assert lines[:2] == lines[-2:] == ["สำหรับฝึก", "FOR TRAINING"]


def test_a_copy_of_a_slip_says_so() -> None:
    marked = flat(slip(day.moved(MovementKind.PAID_IN), copy=2))
    assert "Copy, reprint no. 2" in marked
    assert not any("Copy" in line for line in flat(slip(day.moved(MovementKind.PAID_IN))))


@pytest.mark.parametrize("roll", [MM58, MM80], ids=lambda roll: roll.name)
@pytest.mark.parametrize("amount", [1, 1_234_567_89, 9_999_999_99])
def test_hostile_reasons_and_the_largest_amounts_stay_on_paper(roll: Paper, amount: int) -> None:
    moved = day.moved(MovementKind.PAID_OUT, amount=amount, reason="\x1bp\u202e<b>" * 20)
    layout = samples.laid_out(slip(moved, language=ReceiptLanguage.BOTH), roll)
    words = text(layout)
    assert f"฿{shown(amount)}" in words
    assert all(character.isprintable() or character == "\n" for character in words)
