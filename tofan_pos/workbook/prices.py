"""Hides the sheet of prices: what a product costs from a business date on."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tofan_pos.domain.fit import MOST_PRICES
from tofan_pos.domain.rules import DatedPrice
from tofan_pos.workbook import cells
from tofan_pos.workbook.faults import Problem
from tofan_pos.workbook.products import price_of
from tofan_pos.workbook.table import Line, Table

PRICES: Final = Table(
    name="Prices",
    columns=("product", "since", "price"),
    required=frozenset({"product", "since", "price"}),
    most_rows=MOST_PRICES,
    optional=True,
    other_name="ราคา",
    other_columns={
        "product": ("code", "รหัสสินค้า", "รหัส"),
        "since": ("from", "ตั้งแต่", "เริ่ม", "วันเริ่ม"),
        "price": ("ราคา", "ราคาใหม่"),
    },
)


@dataclass(slots=True, kw_only=True)
class Prices:
    """The prices read so far, and what a next one is checked against."""

    codes: Container[str] | None
    """The products' codes; None where their sheet is missing, so that not each price is faulted."""
    prices: list[DatedPrice] = field(default_factory=list)
    seen: dict[tuple[str, date], int] = field(default_factory=dict)

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its price if nothing is wrong with it."""
        product = line.require("product", cells.code, "")
        if product and self.codes is not None and product not in self.codes:
            line.note("product", Problem.PRODUCT_UNKNOWN, product)
        since = line.require("since", cells.day, None)
        price = price_of(line)
        if product and since is not None:
            first = self.seen.setdefault((product, since), line.row)
            if first != line.row:
                line.note("since", Problem.DAY_TWICE, since.isoformat(), other=first)
        if since is not None and not line.faulty:
            self.prices.append(DatedPrice(product, since, price))
