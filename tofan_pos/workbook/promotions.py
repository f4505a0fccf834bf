"""Hides the sheet of promotions: what each column means, and which cells go together."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from tofan_pos.domain.basket import MOST_QUANTITY, Bearer
from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.promotion import Promotion, PromotionKind, Scope
from tofan_pos.workbook import cells, choices, figures
from tofan_pos.workbook.categories import Categories
from tofan_pos.workbook.faults import Problem
from tofan_pos.workbook.table import Line, Table

PROMOTIONS: Final = Table(
    name="Promotions",
    columns=(
        "code",
        "name_th",
        "name_en",
        "kind",
        "value",
        "count",
        "scope",
        "about",
        "least",
        "since",
        "until",
        "mall",
        "bearer",
    ),
    required=frozenset({"code", "name_th", "kind", "value", "scope"}),
    english="name_en",
    most_rows=1_000,
    optional=True,
    other_name="โปรโมชัน",
    other_columns={
        "code": ("รหัส",),
        "name_th": ("name", "ชื่อ", "ชื่อไทย", "ชื่อภาษาไทย"),
        "name_en": ("ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ"),
        "kind": ("ประเภท", "ชนิด"),
        "value": ("มูลค่า", "ค่า", "ส่วนลด"),
        "count": ("จำนวน", "จำนวนชิ้น"),
        "scope": ("ขอบเขต", "ใช้กับ"),
        "about": ("สินค้าหรือหมวด", "รายการ"),
        "least": ("ยอดขั้นต่ำ", "ขั้นต่ำ"),
        "since": ("from", "ตั้งแต่", "เริ่ม", "วันเริ่ม"),
        "until": ("ถึง", "สิ้นสุด", "วันสิ้นสุด"),
        "mall": ("ห้าง",),
        "bearer": ("ผู้รับภาระ", "ผู้ออกส่วนลด"),
    },
)

LONGEST_NAME: Final = 35
"""As many as weigh no more in a journal entry than a discount's reason, in both languages."""
FEWEST_OF_A_SET: Final = 2

_name = partial(cells.one_line, longest=LONGEST_NAME)
_category = partial(cells.one_line, longest=40)
_mall = partial(cells.one_line, longest=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What a promotion may be about: products by code, and categories."""

    codes: Container[str]
    prices: Mapping[str, int]
    """In satang, by code, of the products without a fault."""
    categories: Categories


@dataclass(slots=True, kw_only=True)
class Offers:
    """The promotions read so far, and what a next one is checked against."""

    goods: Goods | None
    """What is for sale; None where its sheet is missing, so that not each one is faulted."""
    today: date
    promotions: list[Promotion] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its promotion if nothing is wrong with it."""
        code = line.require("code", cells.code, "")
        if code in self.codes:
            line.note("code", Problem.CODE_TWICE, code, other=self.codes[code])
        elif code:
            self.codes[code] = line.row
        name = Text(line.require("name_th", _name, ""), line.read("name_en", _name, ""))
        if not name.en:
            line.note_blank("name_en", Problem.ENGLISH_MISSING)
        kind = line.require("kind", choices.promotion_kind, None)
        scope = line.require("scope", choices.scope, None)
        value = _value(line, kind)
        count = _count(line, kind)
        about = self._about(line, scope)
        least = _least(line, scope)
        since, until = self._days(line)
        mall = line.read("mall", _mall, "")
        bearer = line.read("bearer", choices.bearer, Bearer.BRAND)
        if kind is PromotionKind.N_FOR_PRICE and scope is Scope.BASKET:
            line.note("scope", Problem.SET_OF_BASKET, scope.value)
        if kind is None or scope is None or line.faulty:
            return
        promotion = Promotion(
            code=code,
            name=name,
            kind=kind,
            value=value,
            scope=scope,
            about=about,
            count=count,
            least=least,
            since=since,
            until=until,
            mall=mall,
            bearer=bearer.value,
        )
        self._check_price(line, promotion)
        if not line.faulty:
            self.promotions.append(promotion)

    def _about(self, line: Line, scope: Scope | None) -> str:
        """Return the code of the product, or the Thai name of the category, that it is about."""
        if scope is None:
            return ""
        if scope is Scope.BASKET:
            line.refuse_unheeded("about", scope.value)
            return ""
        if scope is Scope.CATEGORY:
            name = line.require("about", _category, "")
            line.note_missing("about", name)
            if not name or self.goods is None:
                return name
            th = self.goods.categories.named(name)
            if not th:
                line.note("about", Problem.CATEGORY_UNKNOWN, name)
            return th
        code = line.require("about", cells.code, "")
        line.note_missing("about", code)
        if code and self.goods is not None and code not in self.goods.codes:
            line.note("about", Problem.PRODUCT_UNKNOWN, code)
        return code

    def _days(self, line: Line) -> tuple[date | None, date | None]:
        since = line.read("since", cells.day, None)
        until = line.read("until", cells.day, None)
        if until is not None:
            if since is not None and until < since:
                line.note("until", Problem.UNTIL_BEFORE_SINCE, until.isoformat(), since=since)
            elif until < self.today:
                line.note("until", Problem.PROMOTION_PAST, until.isoformat(), until=until)
        return since, until

    def _check_price(self, line: Line, promotion: Promotion) -> None:
        """Compare what comes off with what the product costs, where it is about one."""
        prices = self.goods.prices if self.goods and promotion.scope is Scope.PRODUCT else {}
        price = prices.get(promotion.about)
        if price is None:
            return
        typed = cells.written(line.cells["value"])
        if promotion.kind is PromotionKind.AMOUNT and promotion.value > price:
            line.note("value", Problem.AMOUNT_ABOVE_PRICE, typed, product=promotion.about)
        saves = promotion.value < promotion.count * price
        if promotion.kind is PromotionKind.N_FOR_PRICE and not saves:
            facts = {"product": promotion.about, "count": promotion.count}
            line.note("value", Problem.SET_SAVES_NOTHING, typed, **facts)


def _value(line: Line, kind: PromotionKind | None) -> int:
    """Return what the kind says the value is: hundredths of a percent, or satang."""
    if kind is None:
        return 0
    reader = figures.percent if kind is PromotionKind.PERCENT else cells.price
    none = -1
    value = line.require("value", reader, none)
    if value == 0:
        line.note("value", Problem.VALUE_ZERO, "0")
    return value


def _count(line: Line, kind: PromotionKind | None) -> int:
    """Return how many pieces make a set; what is no set is of one."""
    if kind is not PromotionKind.N_FOR_PRICE:
        if kind is not None:
            count = line.read("count", figures.count, 1)
            if count != 1:
                line.refuse_unheeded("count", kind.value)
        return 1
    none = -1
    count = line.require("count", figures.count, none)
    line.note_missing("count", count != none)
    if none < count < FEWEST_OF_A_SET:
        line.note("count", Problem.COUNT_TOO_SMALL, str(count), least=FEWEST_OF_A_SET)
    elif count > MOST_QUANTITY:
        line.note("count", Problem.COUNT_TOO_LARGE, str(count), most=MOST_QUANTITY)
    return count


def _least(line: Line, scope: Scope | None) -> int:
    least = line.read("least", cells.price, 0)
    if least and scope is not None and scope is not Scope.BASKET:
        line.refuse_unheeded("least", scope.value)
    return least
