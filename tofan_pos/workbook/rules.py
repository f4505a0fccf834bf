"""Hides the sheet of rules: the makers' share, VAT and the head of papers, from a date on."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Final, TypeVar

from tofan_pos.domain.catalogue import SharePolicy, Text
from tofan_pos.domain.fit import LONGEST_HEAD, MOST_RULES
from tofan_pos.domain.rules import DatedPolicy, Head, RuleKind, Rules
from tofan_pos.domain.tax import TaxRate, is_tax_id
from tofan_pos.workbook import cells, choices, figures
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.sheets import Cell
from tofan_pos.workbook.table import Line, Table

_OF_HEAD: Final = ("brand_th", "brand_en", "owner_th", "owner_en", "tax_id", "branch")

RULES: Final = Table(
    name="Rules",
    columns=("kind", "since", "number", "rate", *_OF_HEAD),
    required=frozenset({"kind", "since"}),
    most_rows=MOST_RULES,
    optional=True,
    other_name="ข้อกำหนด",
    other_columns={
        "kind": ("ประเภท", "เรื่อง"),
        "since": ("from", "ตั้งแต่", "เริ่ม", "วันเริ่ม"),
        "number": ("หมายเลข", "เลขที่"),
        "rate": ("อัตรา",),
        "brand_th": ("แบรนด์", "ชื่อร้าน"),
        "brand_en": ("แบรนด์อังกฤษ", "ชื่อร้านอังกฤษ"),
        "owner_th": ("เจ้าของ", "ผู้ประกอบการ"),
        "owner_en": ("เจ้าของอังกฤษ", "ผู้ประกอบการอังกฤษ"),
        "tax_id": ("เลขประจำตัวผู้เสียภาษี", "เลขผู้เสียภาษี"),
        "branch": ("สาขา", "รหัสสาขา"),
    },
)

_Rule = TypeVar("_Rule", DatedPolicy, TaxRate, Head)
_UNHEEDED: Final = {
    RuleKind.SHARE: _OF_HEAD,
    RuleKind.VAT: ("number", *_OF_HEAD),
    RuleKind.HEAD: ("number", "rate"),
}
_BRANCH: Final = re.compile("[0-9]{1,5}")
_HEAD_OFFICE: Final = frozenset({"สำนักงานใหญ่", "headoffice", "สนญ", "สนญ."})

_text = partial(cells.one_line, longest=LONGEST_HEAD)


def tax_id(cell: Cell) -> str | None:
    """Return a tax number of 13 digits, its check digit right; spaces and hyphens are left out."""
    text = re.sub("[ -]", "", cells.plain(cell))
    if not text:
        return None
    if not is_tax_id(text):
        cells.refuse_card(text)
        raise Unfit(Problem.TAX_ID)
    return text


def branch(cell: Cell) -> str | None:
    """Return a branch's number as five digits; a spreadsheet may have taken its noughts away."""
    said = cells.word(cell)
    if not said:
        return None
    if said in _HEAD_OFFICE:
        return "00000"
    if not _BRANCH.fullmatch(said):
        cells.refuse_card(said)
        raise Unfit(Problem.BRANCH_SHAPE)
    return said.zfill(5)


@dataclass(slots=True)
class Given:
    """The rules read so far."""

    policies: list[DatedPolicy] = field(default_factory=list)
    rates: list[TaxRate] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    seen: dict[tuple[RuleKind, date], int] = field(default_factory=dict)
    meant: dict[int, SharePolicy] = field(
        default_factory=lambda: {SharePolicy().number: SharePolicy()}
    )
    """What each number of a policy means; the first one is the program's own."""

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its rule if nothing is wrong with it."""
        kind = line.require("kind", choices.rule_kind, None)
        since = line.require("since", cells.day, None)
        if kind is None:
            return
        for column in _UNHEEDED[kind]:
            line.refuse_unheeded(column, kind.value)
        if since is not None:
            first = self.seen.setdefault((kind, since), line.row)
            if first != line.row:
                line.note("since", Problem.DAY_TWICE, since.isoformat(), other=first)
        day = since or date.min
        match kind:
            case RuleKind.SHARE:
                _keep(line, self.policies, DatedPolicy(day, self._policy(line)))
            case RuleKind.VAT:
                _keep(line, self.rates, TaxRate(day, _rate(line)))
            case RuleKind.HEAD:
                _keep(line, self.heads, _head(line, day))

    def rules(self) -> Rules:
        """Return the rules, each kind in the order of its dates."""
        since = attrgetter("since")
        return Rules(
            policies=tuple(sorted(self.policies, key=since)),
            rates=tuple(sorted(self.rates, key=since)),
            heads=tuple(sorted(self.heads, key=since)),
        )

    def _policy(self, line: Line) -> SharePolicy:
        none = -1
        number = line.require("number", figures.count, none)
        line.note_missing("number", number != none)
        if none < number < 1:
            line.note("number", Problem.COUNT_TOO_SMALL, str(number), least=1)
        policy = SharePolicy(number=number, rate_bp=_rate(line))
        if not line.faulty:
            meant = self.meant.setdefault(number, policy)
            if meant != policy:
                rate = f"{meant.rate_bp / 100:g}%"
                typed = cells.written(line.cells["rate"])
                line.note("rate", Problem.POLICY_CHANGED, typed, number=number, rate=rate)
        return policy


def _keep(line: Line, rules: list[_Rule], rule: _Rule) -> None:
    """Keep a rule if nothing is wrong with its line."""
    if not line.faulty:
        rules.append(rule)


def _rate(line: Line) -> int:
    none = -1
    rate = line.require("rate", figures.percent, none)
    line.note_missing("rate", rate != none)
    return rate


def _head(line: Line, since: date) -> Head:
    texts = {column: line.read(column, _text, "") for column in _OF_HEAD[:4]}
    head = Head(
        since=since,
        brand=Text(texts["brand_th"], texts["brand_en"]),
        owner=Text(texts["owner_th"], texts["owner_en"]),
        tax_id=line.read("tax_id", tax_id, ""),
        branch=line.read("branch", branch, ""),
    )
    for name in ("brand", "owner"):
        if texts[f"{name}_th"] and not texts[f"{name}_en"]:
            line.note_blank(f"{name}_en", Problem.ENGLISH_MISSING)
    if not line.faulty and head.says_the_same(None):
        line.note("kind", Problem.HEAD_EMPTY)
    return head
