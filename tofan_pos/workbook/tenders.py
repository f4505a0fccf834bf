"""Hides the sheet of tenders: the ways to pay beside cash."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tofan_pos.domain.catalogue import Text
from tofan_pos.domain.sale import TenderKind, TenderType
from tofan_pos.workbook import cells, choices, figures
from tofan_pos.workbook.faults import Problem
from tofan_pos.workbook.table import Line, Table

TENDERS: Final = Table(
    name="Tenders",
    columns=("code", "kind", "name_th", "name_en", "needs_reference"),
    required=frozenset({"code", "kind", "name_th"}),
    english="name_en",
    most_rows=30,  # each has its line on a Z report, and its button
    optional=True,
    other_name="วิธีชำระ",
    other_columns={
        "code": ("รหัส",),
        "kind": ("ประเภท", "ชนิด"),
        "name_th": ("ชื่อ", "ชื่อไทย", "ชื่อภาษาไทย"),
        "name_en": ("ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ"),
        "needs_reference": ("ต้องมีเลขอ้างอิง", "เลขอ้างอิง"),
    },
)

_RESERVED: Final = frozenset({TenderKind.CASH.name, TenderKind.EXCHANGE.name})

_name = partial(cells.one_line, longest=30)


@dataclass(slots=True)
class Tenders:
    """The ways to pay read so far, in the order they are offered."""

    types: list[TenderType] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep what it tells of if nothing is wrong with it."""
        code = line.require("code", figures.short_code, "")
        if code in _RESERVED:
            line.note("code", Problem.CODE_RESERVED, code)
        elif code in self.codes:
            line.note("code", Problem.CODE_TWICE, code, other=self.codes[code])
        elif code:
            self.codes[code] = line.row
        kind = line.require("kind", choices.tender_kind, None)
        name = Text(line.require("name_th", _name, ""), line.read("name_en", _name, ""))
        if not name.en:
            line.note_blank("name_en", Problem.ENGLISH_MISSING)
        needs = line.read("needs_reference", cells.yes_no, blank=True)
        if kind is not None and not line.faulty:
            self.types.append(TenderType(code=code, kind=kind, name=name, needs_reference=needs))
