"""Makes `resources/sample`: the workbook from `content/*.toml` and one drawn picture per product.

Run it from anywhere: `python packaging/sample/make.py` (add `--sheet FILE` for a contact sheet).
"""

import argparse
import io
import os
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

HERE: Final = Path(__file__).resolve().parent
CONTENT: Final = HERE / "content"
TARGET: Final = HERE.parent.parent / "resources" / "sample"
MADE_ON: Final = datetime(2026, 11, 1)  # noqa: DTZ001 - the format has no zone

# Column name and width in characters, in the order people read a row.
PRODUCT_COLUMNS: Final = {
    "code": 13,
    "barcode": 16,
    "name_th": 32,
    "name_en": 32,
    "category_th": 20,
    "category_en": 20,
    "price": 11,
    "group": 9,
    "unique": 8,
    "favourite": 10,
    "vat": 10,
    "active": 8,
    "image": 18,
    "story_short_th": 44,
    "story_short_en": 44,
    "story_th": 72,
    "story_en": 72,
    "story_approved_until": 20,
}
GROUP_COLUMNS: Final = {"group": 10, "label_th": 32, "label_en": 32}
PROMOTION_COLUMNS: Final = {
    "code": 13,
    "name_th": 32,
    "name_en": 32,
    "kind": 13,
    "value": 10,
    "count": 8,
    "scope": 11,
    "about": 20,
    "least": 10,
    "since": 13,
    "until": 13,
    "mall": 18,
    "bearer": 10,
}
TENDER_COLUMNS: Final = {
    "code": 13,
    "kind": 11,
    "name_th": 28,
    "name_en": 28,
    "needs_reference": 16,
}
PRODUCT_CHOICES: Final = {
    "unique": '"yes,no"',
    "favourite": '"yes,no"',
    "active": '"yes,no"',
    "vat": '"standard,exempt"',
    "group": "=Groups!$A$2:$A$99",
}
PROMOTION_CHOICES: Final = {
    "kind": '"percent,amount,n for price"',
    "scope": '"product,category,basket"',
    "bearer": '"brand,mall,shared"',
}
TENDER_CHOICES: Final = {"kind": '"card,transfer,voucher"', "needs_reference": '"yes,no"'}

Value = str | int | float | date
Row = dict[str, Value]


def barcode(craft: int, item: int) -> str:
    """Return the in-store EAN-13 of a product: prefix 20, zeros, craft, item, check digit.

    Source: GS1 keeps prefixes 20 to 29 for numbers used inside one shop.
    """
    digits = f"2000000{craft:02d}{item:03d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def groups(folder: Path = CONTENT) -> list[Row]:
    """Return the producer groups as rows of the `Groups` sheet."""
    content = tomllib.loads((folder / "groups.toml").read_text(encoding="utf-8"))
    return [dict(group) for group in content["group"]]


def promotions(folder: Path = CONTENT) -> list[Row]:
    """Return the promotions as rows of the `Promotions` sheet."""
    content = tomllib.loads((folder / "promotions.toml").read_text(encoding="utf-8"))
    return [dict.fromkeys(PROMOTION_COLUMNS, "") | one for one in content["promotion"]]


def tenders(folder: Path = CONTENT) -> list[Row]:
    """Return the ways to pay beside cash as rows of the `Tenders` sheet."""
    content = tomllib.loads((folder / "tenders.toml").read_text(encoding="utf-8"))
    return [
        one | {"needs_reference": "yes" if one["needs_reference"] else "no"}
        for one in content["tender"]
    ]


def products(folder: Path = CONTENT) -> list[Row]:
    """All products, craft by craft, as rows of the `Products` sheet."""
    rows: list[Row] = []
    for file in sorted(folder.glob("[0-9]*.toml")):
        craft = tomllib.loads(file.read_text(encoding="utf-8"))
        rows.extend(_row(craft, item) for item in craft["product"])
    return rows


def _row(craft: Mapping[str, Value], item: Mapping[str, Value]) -> Row:
    code = str(item["code"])

    def yes(name: str, *, otherwise: bool) -> str:
        return "yes" if item.get(name, otherwise) else "no"

    return {
        "code": code,
        "barcode": barcode(int(str(craft["number"])), int(code[-3:])),
        "name_th": item["name_th"],
        "name_en": item["name_en"],
        "category_th": craft["category_th"],
        "category_en": craft["category_en"],
        "price": item["price"],
        "group": item.get("group", craft["group"]),
        "unique": yes("unique", otherwise=False),
        "favourite": yes("favourite", otherwise=False),
        "vat": item.get("vat", "standard"),
        "active": yes("active", otherwise=True),
        "image": f"{code.lower()}.png",
        "story_short_th": item["story_short_th"],
        "story_short_en": item["story_short_en"],
        "story_th": item["story_th"],
        "story_en": item["story_en"],
        "story_approved_until": item["story_approved_until"],
    }


def workbook(folder: Path = CONTENT) -> Workbook:
    """Return the whole catalogue as an openpyxl workbook, not yet saved."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "tofan_pos"
    book.properties.title = "ทอฝัน: sample catalogue"
    book.properties.created = MADE_ON
    sheet = book.create_sheet("Products")
    _fill(sheet, PRODUCT_COLUMNS, products(folder))
    sheet.freeze_panes = "D2"
    _offer_choices(sheet, PRODUCT_COLUMNS, PRODUCT_CHOICES)
    _fill(book.create_sheet("Groups"), GROUP_COLUMNS, groups(folder))
    sheet = book.create_sheet("Promotions")
    _fill(sheet, PROMOTION_COLUMNS, promotions(folder))
    _offer_choices(sheet, PROMOTION_COLUMNS, PROMOTION_CHOICES)
    sheet = book.create_sheet("Tenders")
    _fill(sheet, TENDER_COLUMNS, tenders(folder))
    _offer_choices(sheet, TENDER_COLUMNS, TENDER_CHOICES)
    return book


def _fill(sheet: Worksheet, columns: Mapping[str, int], rows: Sequence[Row]) -> None:
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row[name] if row[name] != "" else None for name in columns])
    for index, width in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cell in sheet[1]:
        cell.font = Font(name="Tahoma", size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color="27406B")
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 30
    line = Border(bottom=Side(style="hair", color="D9CFBC"))
    for number, cells in enumerate(sheet.iter_rows(min_row=2), start=2):
        lines = 1.0
        for cell, name in zip(cells, columns, strict=True):
            _dress(cell, name)
            cell.border = line
            lines = max(lines, len(str(cell.value or "")) / columns[name] + 1)
        sheet.row_dimensions[number].height = 16 * int(lines)


def _dress(cell: Cell | MergedCell, name: str) -> None:
    cell.font = Font(name="Tahoma", size=10)
    right = name == "price"
    cell.alignment = Alignment(
        horizontal="right" if right else "left", vertical="top", wrap_text=True
    )
    if isinstance(cell.value, date):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(cell.value, str):
        cell.number_format = "@"
    elif right:
        cell.number_format = "#,##0.00"


def _offer_choices(sheet: Worksheet, columns: Iterable[str], choices: Mapping[str, str]) -> None:
    for index, name in enumerate(columns, start=1):
        if name in choices:
            letter = get_column_letter(index)
            choice = DataValidation(type="list", formula1=choices[name], allow_blank=True)
            choice.add(f"{letter}2:{letter}999")
            sheet.add_data_validation(choice)


def workbook_bytes(folder: Path = CONTENT) -> bytes:
    """Return the catalogue as xlsx bytes, the same bytes for the same content.

    Saving stamps the clock into the archive and into `docProps/core.xml`; both are put right.
    """
    saved = io.BytesIO()
    workbook(folder).save(saved)
    steady = io.BytesIO()
    stamp = MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ")
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(steady, "w") as copy:
        for name in sorted(source.namelist()):
            data = source.read(name)
            if name == "docProps/core.xml":
                text = data.decode("utf-8")
                data = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, text).encode("utf-8")
            entry = zipfile.ZipInfo(name, date_time=MADE_ON.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            copy.writestr(entry, data)
    return steady.getvalue()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the workbook and the pictures below `--target`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--no-pictures", action="store_true", help="write the workbook only")
    parser.add_argument("--only", nargs="*", metavar="CODE", help="draw only these codes")
    parser.add_argument("--sheet", type=Path, help="also write a contact sheet of all pictures")
    options = parser.parse_args(arguments)
    options.target.mkdir(parents=True, exist_ok=True)
    (options.target / "catalogue.xlsx").write_bytes(workbook_bytes())
    if options.no_pictures:
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import pictures  # noqa: PLC0415 - Qt is needed only for drawing

    codes = [str(row["code"]) for row in products()]
    wanted = options.only or codes
    pictures.save(wanted, options.target / "images")
    if options.sheet:
        pictures.save_sheet(codes, options.target / "images", options.sheet)


if __name__ == "__main__":
    main()
