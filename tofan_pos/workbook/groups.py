"""Hides the sheet of producer groups: a code and a craft label each, never a person or a place."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tofan_pos.domain.catalogue import ProducerGroup, Text
from tofan_pos.workbook import cells
from tofan_pos.workbook.faults import Problem
from tofan_pos.workbook.table import Line, Table

GROUPS: Final = Table(
    name="Groups",
    columns=("group", "label_th", "label_en"),
    required=frozenset({"group", "label_th"}),
    english="label_en",
    most_rows=5_000,
)

_label = partial(cells.one_line, longest=60)


@dataclass(slots=True)
class Register:
    """The groups read so far; a code counts as known even where its line has a fault."""

    groups: list[ProducerGroup] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its group if nothing is wrong with it."""
        code = line.require("group", cells.code, "")
        if code in self.codes:
            line.note("group", Problem.CODE_TWICE, code, other=self.codes[code])
        elif code:
            self.codes[code] = line.row
        th = line.require("label_th", _label, "")
        en = line.read("label_en", _label, "")
        if not en:
            line.note_blank("label_en", Problem.ENGLISH_MISSING)
        if not line.faulty:
            self.groups.append(ProducerGroup(code, Text(th, en)))
