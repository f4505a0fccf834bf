"""The guide of a till to learn on, without a window: it goes forward, and sees what is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tofan_pos import resources
from tofan_pos.domain.catalogue import Text
from tofan_pos.ui.counter.guide import STEPS, Guide
from tofan_pos.ui.counter.guide_words import Place, View, handed, pieces_said

WORDS = {language: resources.words(language) for language in ("th", "en")}
NAMES = [step.name for step in STEPS]
TOLD = Text("ผ้าพันคอ", "Scarf")
VIEWS = st.builds(
    View,
    place=st.sampled_from(Place),
    session_open=st.booleans(),
    pieces=st.integers(0, 3),
    due=st.integers(0, 5_000_00),
    exchange=st.booleans(),
    sales=st.integers(0, 2),
    refunds=st.integers(0, 2),
    closed=st.integers(0, 2),
    receipt=st.sampled_from(["", "TRAIN-R000010"]),
    change=st.integers(0, 1_000_00),
    chosen=st.integers(0, 2),
    reason=st.booleans(),
    worth=st.integers(0, 1_000_00),
    cash=st.integers(-100, 9_000_00),
    others=st.sampled_from([(), ((Text("คิวอาร์", "QR"), 390_00),)]),
    off=st.integers(0, 100),
    example=st.sampled_from([None, TOLD]),
)


@given(st.lists(VIEWS, min_size=1, max_size=30), st.sampled_from(["th", "en"]))
def test_the_guide_only_goes_forward_and_always_has_something_to_say(
    views: list[View], language: str
) -> None:
    guide = Guide(views[0])
    for view in views:
        after = guide.seen(view)
        assert after.at >= guide.at
        guide = after
        assert guide.told(view, WORDS[language]).strip()
        assert "{" not in guide.told(view, WORDS[language]) + guide.progress(WORDS[language])


@given(VIEWS, VIEWS)
def test_skipping_always_goes_on_and_ends(base: View, view: View) -> None:
    guide = Guide(base)
    for _ in STEPS:
        before = guide
        guide = guide.skip(view)
        assert guide.at > before.at or before.step is None
    assert guide.step is None
    assert guide.skip(view) == guide


def test_what_was_done_before_it_was_asked_for_counts() -> None:
    fresh = Guide(View())
    assert fresh.seen(View(session_open=True, pieces=2)).step is STEPS[NAMES.index("pay")]
    sold = View(session_open=True, sales=1, receipt="TRAIN-R000001", place=Place.DONE)
    assert fresh.seen(sold).step is STEPS[NAMES.index("change")]
    again = Guide(sold).seen(sold)
    assert again.step is STEPS[NAMES.index("pick")]


@pytest.mark.parametrize(
    ("at", "view", "meant"),
    [
        ("pay", View(place=Place.SELL), "Shift F6"),
        ("pay", View(session_open=True), "Scan a product"),
        ("pay", View(session_open=True, pieces=2, place=Place.OTHER), "Esc"),
        ("cash", View(session_open=True, pieces=2), "F12"),
        ("refund", View(session_open=True), "Scan a product"),
        ("refund", View(session_open=True, receipt="T-R1", place=Place.PAY), "Esc"),
        ("refund", View(session_open=True, receipt="T-R1"), "F6"),
        ("refund", View(session_open=True, receipt="T-R1", place=Place.PIECES), "space bar"),
        ("close", View(session_open=True, pieces=1), "Ctrl Delete"),
        ("close", View(session_open=True, exchange=True), "An exchange"),
        ("sign", View(session_open=True, place=Place.COUNT, cash=2_020_00), "฿1,000 × 2 · ฿20 × 1"),
        ("sign", View(session_open=True, place=Place.SETTLE, off=5_00), "฿5.00"),
    ],
)
def test_where_something_is_missing_it_says_how_to_get_it(at: str, view: View, meant: str) -> None:
    guide = Guide(View(), at=NAMES.index(at)).seen(view)
    assert guide.step is STEPS[NAMES.index(at)]
    assert meant in guide.told(view, WORDS["en"])


def test_leaving_steps_out_is_said_at_the_end() -> None:
    guide = Guide(View())
    for _ in STEPS:
        guide = guide.skip(View())
    assert str(len(STEPS)) in guide.told(View(), WORDS["en"])
    assert "Well done" in Guide(View(), at=len(STEPS)).told(View(), WORDS["en"])


@given(st.integers(0, 100_000_00))
def test_the_notes_it_names_come_to_the_sum(amount: int) -> None:
    total = 0
    for part in pieces_said(amount, WORDS["en"]).split(" · "):
        money, _, times = part.removeprefix("In the sum ").partition(" × ")
        total += round(float(money.lstrip("฿").replace(",", "")) * 100) * int(times or 1)
    assert total == amount


@given(st.integers(0, 100_000_00))
def test_the_customer_hands_over_enough(due: int) -> None:
    assert due <= handed(due) < due + 1_000_01
    assert handed(due) % 1_000_00 == 0
