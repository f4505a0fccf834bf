"""The sample catalogue is complete, safe to publish, and is what its content makes."""

import importlib
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from PIL import Image, ImageChops, ImageStat

from tofan_pos.domain.best import Wanted, choose
from tofan_pos.domain.promotion import PromotionKind
from tofan_pos.domain.published import Catalogue
from tofan_pos.domain.sale import TenderKind
from tofan_pos.workbook import read_catalogue
from tofan_pos.workbook.promotions import PROMOTIONS
from tofan_pos.workbook.tenders import TENDERS

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "resources" / "sample"
MAKER = ROOT / "packaging" / "sample"

SHEETS = ["Products", "Groups", "Promotions", "Tenders"]
HEADER = [
    "code",
    "barcode",
    "name_th",
    "name_en",
    "category_th",
    "category_en",
    "price",
    "group",
    "unique",
    "favourite",
    "vat",
    "active",
    "image",
    "story_short_th",
    "story_short_en",
    "story_th",
    "story_en",
    "story_approved_until",
]
TEXTS_TH = ("name_th", "category_th", "story_short_th", "story_th")
TEXTS_EN = ("name_en", "category_en", "story_short_en", "story_en")
SIZE = (592, 352)
THAI = re.compile(r"[ก-๙]")
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

# Words that would sell out of pity or point at a person instead of the work.
FORBIDDEN_EN = (
    "survivor", "victim", "traffick", "help", "disadvantag", "underprivileg", "vulnerab", "rescue",
    "charity", "donat", "pity", "suffer", "abuse", "shelter", "poor", "orphan", "needy", "trauma",
    "rehabilit", "hope", "second chance", "empower", "mrs", "ministry",
)  # fmt: skip
FORBIDDEN_TH = (
    "ผู้เสียหาย", "เหยื่อ", "ค้ามนุษย์", "ช่วยเหลือ", "ช่วย", "ด้อยโอกาส", "สงสาร", "สงเคราะห์", "บริจาค",
    "ทุกข์", "ยากไร้", "ยากจน", "เปราะบาง", "บ้านพัก", "คุ้มครอง", "กำพร้า", "ผู้รอด", "ลี้ภัย", "ฟื้นฟู",
    "สถานสงเคราะห์", "นางสาว", "เด็กหญิง", "จังหวัด", "อำเภอ", "ตำบล", "หมู่บ้าน", "ป้า", "ยาย", "คุณแม่",
)  # fmt: skip

Row = dict[str, object]


def read(name: str, *, where: Path = SAMPLE / "catalogue.xlsx") -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(where)[name].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def products() -> list[Row]:
    header, *rows = read("Products")
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def groups() -> list[Row]:
    header, *rows = read("Groups")
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(SAMPLE / "catalogue.xlsx", today=date(2026, 11, 22)).catalogue


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(MAKER))
    return importlib.import_module("make")


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.syspath_prepend(str(MAKER))
    return importlib.import_module("pictures")


def codes(products: list[Row]) -> list[str]:
    return [str(row["code"]) for row in products]


def test_headers_are_those_the_reader_knows() -> None:
    assert list(read("Products")[0]) == HEADER
    assert list(read("Groups")[0]) == ["group", "label_th", "label_en"]
    assert tuple(read("Promotions")[0]) == PROMOTIONS.columns
    assert tuple(read("Tenders")[0]) == TENDERS.columns


def test_there_is_enough_to_fill_a_counter(products: list[Row], groups: list[Row]) -> None:
    assert len(products) >= 54
    assert len({row["category_th"] for row in products}) >= 9
    assert len({row["category_en"] for row in products}) == len(
        {(row["category_th"], row["category_en"]) for row in products}
    )
    assert len(groups) == 6
    assert {row["group"] for row in products} == {row["group"] for row in groups}


def test_choices_are_yes_or_no_and_in_proportion(products: list[Row]) -> None:
    counted = {name: Counter(row[name] for row in products) for name in HEADER}
    for name in ("unique", "favourite", "active"):
        assert set(counted[name]) == {"yes", "no"}
    assert counted["unique"]["yes"] >= 6
    assert 12 <= counted["favourite"]["yes"] <= 16
    assert counted["active"]["no"] >= 2
    assert set(counted["vat"]) == {"standard", "exempt"}
    assert not [r for r in products if r["favourite"] == "yes" and r["active"] == "no"]


def test_codes_are_plain_and_unique(products: list[Row]) -> None:
    assert all(re.fullmatch(r"[A-Z0-9-]{1,20}", code) for code in codes(products))
    assert len(set(codes(products))) == len(products)


def test_barcodes_are_in_store_numbers_with_right_check_digits(products: list[Row]) -> None:
    barcodes = [row["barcode"] for row in products]
    assert len(set(barcodes)) == len(products)
    for barcode in barcodes:
        assert isinstance(barcode, str), "a number would lose leading zeros elsewhere"
        assert re.fullmatch(r"2[0-9]{12}", barcode)
        odd, even = sum(map(int, barcode[::2])), sum(map(int, barcode[1::2]))
        assert (odd + 3 * even) % 10 == 0


def test_prices_are_craft_prices_however_they_are_typed(products: list[Row]) -> None:
    typed = [row["price"] for row in products]
    prices = [
        Decimal(str(price).translate(THAI_DIGITS).replace(",", "").strip()) for price in typed
    ]
    assert min(prices) == 45
    assert max(prices) == 8900
    assert all(price * 4 % 1 == 0 for price in prices), "nothing finer than a 25-satang coin"
    assert any(price % 1 == Decimal("0.5") for price in prices)
    as_text = [price for price in typed if isinstance(price, str)]
    assert any(re.search("[๐-๙]", price) for price in as_text)
    assert 0 < len(as_text) < len(typed) / 4


def test_each_text_is_there_in_its_own_language(products: list[Row], groups: list[Row]) -> None:
    for row in products:
        for name in TEXTS_TH:
            assert THAI.search(str(row[name])), (row["code"], name)
        for name in TEXTS_EN:
            assert re.search(r"[a-z]{3}", str(row[name])), (row["code"], name)
            assert not THAI.search(str(row[name])), (row["code"], name)
    for row in groups:
        assert THAI.search(str(row["label_th"]))
        assert not THAI.search(str(row["label_en"]))


def test_stories_have_the_length_a_seller_can_tell(products: list[Row]) -> None:
    for row in products:
        assert len(str(row["story_short_th"])) <= 160, row["code"]
        assert len(str(row["story_short_en"])) <= 200, row["code"]
        assert len(str(row["story_th"])) >= 180, row["code"]
        sentences = re.findall(r"[.!?](?=\s|$)", str(row["story_en"]))
        assert 3 <= len(sentences) <= 8, row["code"]
    stories = [str(row[name]) for row in products for name in ("story_th", "story_en")]
    assert len(set(stories)) == len(stories)


def test_no_text_is_decomposed_or_carries_hidden_characters(products: list[Row]) -> None:
    for row in products:
        for name in TEXTS_TH + TEXTS_EN:
            text = str(row[name])
            assert not re.search("[\u200b-\u200f\u2060\ufeff\u00ad\u00a0]|เเ|ํ[่-๋]?า", text), (
                row["code"],
                name,
            )


def test_stories_sell_the_craft_and_nobody_s_fate(products: list[Row], groups: list[Row]) -> None:
    for row in [*products, *groups]:
        whole = " ".join(str(value) for value in row.values()).lower()
        for word in FORBIDDEN_EN:
            assert not re.search(rf"\b{word}", whole), (row, word)
        for word in FORBIDDEN_TH:
            assert word not in whole, (row, word)


def test_stories_lapse_in_the_ways_a_reader_must_cope_with(products: list[Row]) -> None:
    years: list[int] = []
    forms: set[str] = set()
    for row in products:
        until = row["story_approved_until"]
        if until is None:
            forms.add("blank")
        elif isinstance(until, date):
            forms.add("date cell")
            years.append(until.year)
        else:
            found = re.search(r"2[05]\d\d", str(until))
            assert found, row["code"]
            year = int(found[0])
            forms.add("B.E." if year > 2400 else "C.E.")
            years.append(year - 543 if year > 2400 else year)
    assert forms == {"blank", "date cell", "B.E.", "C.E."}
    assert len(years) == len(products) - 1
    assert sum(year <= 2026 for year in years) == 2
    assert max(years) <= 2029


def test_promotions_show_each_kind_and_have_no_end(catalogue: Catalogue) -> None:
    promotions = catalogue.promotions
    assert {promotion.kind for promotion in promotions} == set(PromotionKind)
    assert all((promotion.since, promotion.until) == (None, None) for promotion in promotions)
    assert all(promotion.mall == "" for promotion in promotions)
    for promotion in promotions:
        assert THAI.search(promotion.name.th)
        assert not THAI.search(promotion.name.en)
        about = [product for product in catalogue.products if promotion.covers(product)]
        assert any(product.active for product in about)
        for product in about:
            line = Wanted(product, promotion.count)
            taken = choose([line], promotions, beside=0, whole=True).lines[0]
            assert taken is not None, "it lowers a price"
            assert taken.code == promotion.code, "no two are about one product"


def test_promotions_leave_what_the_tour_sells_alone(catalogue: Catalogue) -> None:
    about = {
        product.code
        for product in catalogue.products
        if any(promotion.covers(product) for promotion in catalogue.promotions)
    }
    assert not [code for code in about if code[:6] not in {"TF-EMB", "TF-WOO", "TF-BAS"}]
    assert "TF-BAS-002" not in about


def test_there_is_each_way_to_pay_beside_cash(catalogue: Catalogue) -> None:
    kinds = [tender.kind for tender in catalogue.tender_types]
    assert kinds == [TenderKind.CARD, TenderKind.TRANSFER, TenderKind.VOUCHER]
    assert all(tender.needs_reference for tender in catalogue.tender_types)


def test_a_trial_begins_without_people_and_other_tills(catalogue: Catalogue) -> None:
    assert catalogue.staff is None
    assert catalogue.known_tills == ()


def test_every_product_has_its_own_picture(products: list[Row]) -> None:
    names = [str(row["image"]) for row in products]
    assert sorted(names) == sorted(path.name for path in (SAMPLE / "images").iterdir())
    contents = set()
    for name in names:
        with Image.open(SAMPLE / "images" / name) as picture:
            assert picture.size == SIZE, name
            contents.add(picture.convert("RGB").tobytes())
    assert len(contents) == len(names)


def test_the_folder_stays_light() -> None:
    assert sum(file.stat().st_size for file in SAMPLE.rglob("*.*") if file.is_file()) < 3_000_000


def test_there_is_a_drawing_for_each_product_and_no_other(
    drawer: ModuleType, products: list[Row]
) -> None:
    assert set(drawer.DRAWINGS) == set(codes(products))


@pytest.mark.parametrize("code", ["TF-WEA-004", "TF-CER-003", "TF-PAN-003"])
def test_a_published_picture_is_what_the_drawing_gives(
    drawer: ModuleType, tmp_path: Path, code: str
) -> None:
    drawer.save([code], tmp_path)
    with (
        Image.open(tmp_path / f"{code.lower()}.png") as fresh,
        Image.open(SAMPLE / "images" / f"{code.lower()}.png") as published,
    ):
        gap = ImageChops.difference(fresh.convert("RGB"), published.convert("RGB"))
        # Another Qt may round an edge differently; a changed drawing differs far more.
        assert max(ImageStat.Stat(gap).mean) < 1.5


def test_the_workbook_is_what_the_content_makes(maker: ModuleType, tmp_path: Path) -> None:
    fresh = tmp_path / "catalogue.xlsx"
    fresh.write_bytes(maker.workbook_bytes())
    for sheet in SHEETS:
        assert read(sheet) == read(sheet, where=fresh)


def test_making_twice_gives_the_same_bytes(maker: ModuleType) -> None:
    assert maker.workbook_bytes() == maker.workbook_bytes()


def test_the_workbook_is_kept_as_people_keep_one() -> None:
    book = openpyxl.load_workbook(SAMPLE / "catalogue.xlsx")
    assert book.sheetnames == SHEETS
    sheet = book["Products"]
    assert sheet.freeze_panes == "D2"
    assert sheet["B2"].number_format == "@"
    column = HEADER.index("story_th") + 1
    assert sheet.cell(2, column).alignment.wrap_text
    assert sheet.column_dimensions[get_column_letter(column)].width >= 40
