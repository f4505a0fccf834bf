"""The shelf: found by a scan in any layout, by part of a name, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counter.tills import barcode, catalogue
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.setup import load_catalogue
from tofan_pos.counter.shelf import LONGEST_SCAN, Category
from tofan_pos.domain.catalogue import Product, Text
from tofan_pos.domain.errors import Refusal, Why

US = "1234567890-abcdefghijklmnopqrstuvwxyz"
THAI = "ๅ/-ภถุึคตจขฟิแกำดเ้ร่าสทืนยๆพหะีอไปัผ"
TO_THAI = str.maketrans(US, THAI)


def why(desk: Desk, text: str) -> Why:
    with pytest.raises(Refusal) as refused:
        desk.shelf.scan(text)
    return refused.value.why


@pytest.mark.parametrize(
    "scan",
    [
        barcode("885012345678"),
        f" {barcode('885012345678')}\r\n",
        barcode("885012345678").translate(TO_THAI),
        "TF-SCARF",
        "tf-scarf",
        "tf-scarf".translate(TO_THAI),
        "\u200bTF-SCARF\ufeff",
    ],
)
def test_a_scan_in_any_layout_finds_it(desk: Desk, scan: str) -> None:
    assert desk.shelf.scan(scan).code == "TF-SCARF"


def test_a_upc_without_its_nought_is_found(desk: Desk) -> None:
    full = barcode("001234567890")
    assert full.startswith("0")
    for scan in (full, full[1:], full[1:].translate(TO_THAI)):
        assert desk.shelf.scan(scan).code == "TF-BASKET"


def test_what_cannot_be_found_and_why(desk: Desk) -> None:
    right = barcode("885012345678")
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert why(desk, wrong) is Why.WRONG_CHECK_DIGIT
    assert why(desk, wrong.translate(TO_THAI)) is Why.WRONG_CHECK_DIGIT
    assert why(desk, barcode("885099999999")) is Why.UNKNOWN_CODE
    assert why(desk, "TF-NONE") is Why.UNKNOWN_CODE
    for empty in ("", "  ", "\r\n", "\u200b"):
        assert why(desk, empty) is Why.SCAN_EMPTY
    assert why(desk, "8" * (LONGEST_SCAN + 1)) is Why.SCAN_TOO_LONG
    assert why(desk, "ๅ" * 10_000) is Why.SCAN_TOO_LONG


def test_what_is_off_the_shelf_is_found_and_not_sold(desk: Desk) -> None:
    assert not desk.shelf.scan("TF-OLD").active
    with pytest.raises(Refusal) as refused:
        desk.register.scan("TF-OLD")
    assert refused.value.why is Why.INACTIVE_PRODUCT


@given(st.text(st.characters(codec="utf-8"), max_size=LONGEST_SCAN + 5))
def test_any_scan_finds_or_is_refused(any_desk: Desk, text: str) -> None:
    try:
        found = any_desk.shelf.scan(text)
    except Refusal:
        return
    assert found.code in {"TF-SCARF", "TF-BASKET", "TF-HONEY", "TF-DISH", "TF-OLD"}


@given(st.text(st.characters(codec="utf-8"), max_size=LONGEST_SCAN + 5))
def test_any_search_gives_a_list(any_desk: Desk, text: str) -> None:
    assert all(product.active for product in any_desk.shelf.search(text))


HOSTILE = ("%", "_", "'", '"', "' OR 1=1 --", "*", "a* OR b", "\\", "<b>", "=1+1", "{0}", "\0")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_means_something_elsewhere_means_itself_here(desk: Desk, text: str) -> None:
    assert desk.shelf.search(text) == []
    assert why(desk, text) in {Why.UNKNOWN_CODE, Why.SCAN_EMPTY}


def codes(desk: Desk, text: str) -> list[str]:
    return [product.code for product in desk.shelf.search(text)]


def named(code: str, thai: str, english: str = "", **more: object) -> Product:
    return Product(code=code, name=Text(thai, english), price=1_00, group="G1", **more)  # type: ignore[arg-type]


def test_search_tiers_and_order(desk: Desk) -> None:
    load_catalogue(
        desk.journal,
        catalogue(
            named("A1", "เสื่อกก"),
            named("A2", "กล่องเสื้อ"),
            named("A3", "เสื้อฝ้าย", "Shirt"),
            named("A4", "เสือไม้"),
            named("A5", "เสื้อเก่า", active=False),
        ),
        sha256="3" * 64,
        access=desk.access,
    )
    # Typed with its tone: what begins so, what holds it, then what differs in tones
    # alone, these in Thai order.
    assert codes(desk, "เสื้อ") == ["A3", "A2", "A1", "A4"]
    assert codes(desk, "เสื้อ ฝ้าย") == ["A3"]
    assert codes(desk, "ฝ้าย เสื้อ") == ["A3"]
    assert codes(desk, "shIRT") == ["A3"]
    assert codes(desk, "a3") == ["A3"]
    assert codes(desk, "ไม่มี") == []
    assert codes(desk, "ก" * 500) == []


def test_search_forgives_spelling(desk: Desk) -> None:
    assert codes(desk, "นํ้าผึ้ง") == codes(desk, "น้ำผึ้ง") == codes(desk, "นำผึง") == ["TF-HONEY"]
    assert codes(desk, "INDIGO cotton") == ["TF-SCARF"]


def test_a_search_is_no_longer_than_asked(desk: Desk) -> None:
    many = catalogue(*(named(f"M{i:03}", f"ผ้า {i}") for i in range(100)))
    load_catalogue(desk.journal, many, sha256="4" * 64, access=desk.access)
    assert len(desk.shelf.search("ผ้า")) == 40
    assert len(desk.shelf.search("ผ้า", limit=5)) == 5


def test_favourites_categories_and_pictures(desk: Desk) -> None:
    assert [product.code for product in desk.shelf.favourites()] == ["TF-BASKET", "TF-SCARF"]
    assert desk.shelf.categories() == [
        Category("จักสาน", "Plaited", 3),
        Category("ผ้าทอ", "Woven", 1),
    ]
    woven = desk.shelf.categories()[1]
    (scarf,) = desk.shelf.in_category(woven)
    assert (woven.name("en"), woven.name("th")) == ("Woven", "ผ้าทอ")
    assert desk.shelf.picture(scarf) == catalogue().pictures[0].content
    assert desk.shelf.picture(named("Z", "ไม่มีรูป")) is None
    relics = desk.shelf.in_category(desk.shelf.categories()[0])
    assert "TF-OLD" not in [product.code for product in relics]
