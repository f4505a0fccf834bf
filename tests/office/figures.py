"""Share reports to set on paper: groups and tills of any size, and names meant to harm."""

from datetime import date
from typing import Any

from tofan_pos.office.ledger import ShareReport
from tofan_pos.office.standing import TillStanding
from tofan_pos.store.month import GroupTotals, Series

STACKED = "กลุ่มผ้าทอมือน้ำผึ้งปั่นญี่ปุ่นกี่กระตุกที่นุ่มที่สุดในหมู่บ้าน"
HOSTILE = (
    '=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "'=1",
    "<b>bold</b><img src='/etc/passwd'/>", "\x1bp0", "\u202egnp.exe", "x" * 5000, "",
)  # fmt: skip


def totals(at: int = 0, **changes: Any) -> GroupTotals:
    sales = 107_00 * (at + 1)
    facts: dict[str, Any] = {
        "group": f"G-{at:03d}",
        "label_th": STACKED if at % 5 == 4 else "กลุ่มทอผ้า",
        "label_en": "Weavers",
        "pieces": at + 1,
        "sales": sales,
        "refunds": 0,
        "vat": sales * 7 // 107,
        "share": (sales - sales * 7 // 107) * 7 // 10,
    }
    return GroupTotals(**(facts | changes))


def standing(at: int = 0, **changes: Any) -> TillStanding:
    code = f"TL{at:03d}"
    facts: dict[str, Any] = {
        "till": code,
        "epoch": 1,
        "series": (Series("VAT_RECEIPT", 20, f"{code}-V000101", f"{code}-V000120"),),
        "last": 1234,
        "last_business_date": date(2026, 11, 30),
        "owed": changes.get("missing", 0),
    }
    return TillStanding(**(facts | changes))


def report(*groups: GroupTotals, **changes: Any) -> ShareReport:
    facts: dict[str, Any] = {
        "first_day": date(2026, 11, 1),
        "last_day": date(2026, 11, 30),
        "documents": 4321,
        "tills": (standing(),),
        "as_of": date(2026, 12, 2),
    }
    return ShareReport(groups=groups, **(facts | changes))
