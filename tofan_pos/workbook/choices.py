"""Hides the Thai and English words by which people name one of a few things in a cell."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from tofan_pos.domain.basket import Bearer
from tofan_pos.domain.people import Role
from tofan_pos.domain.promotion import PromotionKind, Scope
from tofan_pos.domain.rules import RuleKind
from tofan_pos.domain.sale import TenderKind
from tofan_pos.thai.folding import fold
from tofan_pos.workbook import cells
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.sheets import Cell

Choice = TypeVar("Choice", bound=StrEnum)

_ROLES: Final = {
    Role.TRAINEE: ("ผู้ฝึกหัด", "ฝึกหัด", "พนักงานฝึกหัด"),
    Role.CASHIER: ("แคชเชียร์", "พนักงานขาย"),
    Role.SUPERVISOR: ("หัวหน้างาน", "หัวหน้า"),
    Role.SUPPORT: ("ฝ่ายช่วยเหลือ", "ช่วยเหลือ"),
}
_PROMOTION_KINDS: Final = {
    PromotionKind.PERCENT: ("%", "ร้อยละ", "เปอร์เซ็นต์", "ลดเปอร์เซ็นต์"),
    PromotionKind.AMOUNT: ("baht", "บาท", "จำนวนเงิน", "ลดเป็นบาท"),
    PromotionKind.N_FOR_PRICE: ("ราคาชุด", "ราคาเหมา", "เหมา", "ชุด"),
}
_SCOPES: Final = {
    Scope.PRODUCT: ("สินค้า", "รายการสินค้า"),
    Scope.CATEGORY: ("หมวด", "หมวดหมู่", "หมวดสินค้า", "ประเภทสินค้า"),
    Scope.BASKET: ("ทั้งบิล", "บิล", "ท้ายบิล", "ทั้งตะกร้า", "ตะกร้า"),
}
_BEARERS: Final = {
    Bearer.BRAND: ("แบรนด์", "ร้าน"),
    Bearer.MALL: ("ห้าง", "ห้างสรรพสินค้า"),
    Bearer.SHARED: ("ร่วมกัน", "แบ่งกัน", "ออกร่วมกัน"),
}
_TENDER_KINDS: Final = {
    TenderKind.CARD: ("บัตร", "บัตรเครดิต", "บัตรเดบิต", "เครื่องรูดบัตร"),
    TenderKind.TRANSFER: ("โอน", "โอนเงิน", "เงินโอน"),
    TenderKind.VOUCHER: ("บัตรกำนัล", "คูปอง", "เวาเชอร์"),
}

_RULE_KINDS: Final = {
    RuleKind.SHARE: ("ส่วนแบ่ง", "ส่วนแบ่งผู้ผลิต", "policy"),
    RuleKind.VAT: ("ภาษี", "ภาษีมูลค่าเพิ่ม"),
    RuleKind.HEAD: ("หัวกระดาษ", "หัวเอกสาร", "หัวใบเสร็จ"),
}


def _choice(
    names: Mapping[Choice, tuple[str, ...]], unknown: Problem
) -> Callable[[Cell], Choice | None]:
    """Return the reader of a cell that names one of these, by its English value or a name."""
    known = {_key(name): one for one, others in names.items() for name in (one.value, *others)}

    def read(cell: Cell) -> Choice | None:
        said = _key(cells.plain(cell))
        if not said:
            return None
        cells.refuse_card(said)
        if said not in known:
            raise Unfit(unknown)
        return known[said]

    return read


def _key(word: str) -> str:
    return re.sub("[ _-]", "", fold(word))


role: Final = _choice(_ROLES, Problem.ROLE_UNKNOWN)
promotion_kind: Final = _choice(_PROMOTION_KINDS, Problem.PROMOTION_KIND_UNKNOWN)
scope: Final = _choice(_SCOPES, Problem.SCOPE_UNKNOWN)
bearer: Final = _choice(_BEARERS, Problem.BEARER_UNKNOWN)
rule_kind: Final = _choice(_RULE_KINDS, Problem.RULE_KIND_UNKNOWN)
tender_kind: Final = _choice(_TENDER_KINDS, Problem.TENDER_KIND_UNKNOWN)
