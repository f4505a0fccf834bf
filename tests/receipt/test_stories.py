"""Stories within their budget of paper."""

from hypothesis import given
from hypothesis import strategies as st

from tests.receipt import samples
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.receipt.document import Document, Stories, Telling
from tofan_pos.receipt.layout import lay_out
from tofan_pos.receipt.paper import DOTS_PER_MM, MM58, MM80, Codes, Layout, Paper
from tofan_pos.receipt.text import text

asked: list[str] = []


def remembering(data: str) -> tuple[str, ...]:
    asked.append(data)
    return ("1" * 25,) * 25


CODES = Codes(barcode=samples.CODES.barcode, qr=remembering)


def telling(n: int, *, repeat: int = 3) -> Telling:
    return Telling(
        code=f"TF/{n}",
        name=f"ชิ้นที่ {n}",
        texts=(f"สั้น {n} " * repeat,),
    )


def lay(
    count: int, *, budget: float, page: str = "https://t.example/", paper: Paper = MM80
) -> Layout:
    block = Stories(
        heading="เรื่องราว",
        tellings=tuple(telling(n) for n in range(count)),
        budget_mm=budget,
        more="อื่น",
        scan="สแกน",
        page=page,
    )
    asked.clear()
    document = Document(title="t", languages=("th",), blocks=(block,))
    return lay_out(document, paper, samples.measure, codes=CODES)


@given(
    count=st.integers(1, 60),
    budget=st.integers(0, 300),
    page=st.sampled_from(["", "https://t.example/"]),
    paper=st.sampled_from([MM58, MM80]),
)
def test_stories_never_exceed_their_budget(
    count: int, budget: int, page: str, paper: Paper
) -> None:
    layout = lay(count, budget=budget, page=page, paper=paper)
    assert layout.height <= budget * DOTS_PER_MM


@given(budget=st.integers(0, 300), language=st.sampled_from(ReceiptLanguage))
def test_nor_do_they_on_a_whole_receipt(budget: int, language: ReceiptLanguage) -> None:
    whole = samples.basket(10)
    with_stories, without = (
        samples.laid_out(samples.document(whole, language=language, budget=budget, story=story))
        for story in (samples.STORY, None)
    )
    space_before = 2 * DOTS_PER_MM
    assert with_stories.height - without.height <= budget * DOTS_PER_MM + space_before


def test_with_room_all_are_told_and_no_code_is_needed() -> None:
    words = text(lay(3, budget=60))
    assert all(f"สั้น {n}" in words for n in range(3))
    assert words.count("ชิ้นที่") == 3
    assert asked == []


def test_what_does_not_fit_is_named_with_one_code_of_all_the_rest() -> None:
    words = text(lay(10, budget=100))
    told = sum(f"สั้น {n}" in words for n in range(10))
    assert 0 < told < 10
    rest = [f"TF%2F{n}" for n in range(told, 10)]
    assert asked[-1] == "https://t.example/" + ".".join(rest)
    assert "อื่น: " in words
    assert words.rstrip().endswith("สแกน")


def test_without_a_page_they_are_named_without_a_code() -> None:
    words = text(lay(10, budget=80, page=""))
    assert "อื่น: " in words
    assert "สแกน" not in words
    assert asked == []


def test_no_budget_no_stories() -> None:
    assert lay(3, budget=0).rows == ()


def test_an_address_stays_short_enough_to_scan() -> None:
    lay(60, budget=80)
    assert len(asked[-1]) <= 400
    assert asked[-1].count(".") > 20


def test_their_heading_stays_with_the_first_of_them() -> None:
    rows = lay(3, budget=300).rows
    first = next(at for at, row in enumerate(rows) if "ชิ้นที่ 0" in {c.text for c in row.cells})
    assert all(row.kept for row in rows[:first])
