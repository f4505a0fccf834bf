"""Hides the sheet of staff: who works at the tills, and what proves each one's PIN."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tofan_pos.domain.people import LONGEST_NAME, SETUP, Role, Staff
from tofan_pos.domain.pin import verifier_cost
from tofan_pos.workbook import cells, choices, figures
from tofan_pos.workbook.faults import Fault, Findings, Problem, Unfit
from tofan_pos.workbook.sheets import Cell, Kind
from tofan_pos.workbook.table import Line, Table

STAFF: Final = Table(
    name="Staff",
    columns=("code", "name", "role", "pin_verifier", "active"),
    required=frozenset({"code", "role", "pin_verifier"}),
    most_rows=500,  # a journal entry of 64 KiB names them all
    optional=True,
    other_name="พนักงาน",
    other_columns={
        "code": ("รหัส", "รหัสพนักงาน"),
        "name": ("ชื่อ", "ชื่อที่แสดง"),
        "role": ("หน้าที่", "ตำแหน่ง", "บทบาท"),
        "pin_verifier": ("ตัวยืนยัน PIN", "รหัสยืนยัน PIN", "verifier"),
        "active": ("ใช้งาน", "ใช้งานอยู่"),
    },
    secret=frozenset({"pin_verifier"}),
)

_name = partial(cells.one_line, longest=LONGEST_NAME)


def verifier(cell: Cell) -> str | None:
    """Return argon2id's own text for a PIN, its shape and cost checked; raises Unfit.

    `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, salt and hash in base64 without padding, the hash
    of 32 bytes.
    """
    text = cells.flat(cells.written(cell))
    if not text:
        return None
    cost = verifier_cost(text) if cell.kind is Kind.TEXT else None
    if cost is None:
        cells.refuse_card(text)
        raise Unfit(Problem.VERIFIER_SHAPE)
    if not cost.fits:
        raise Unfit(Problem.VERIFIER_COST)
    return text


@dataclass(slots=True)
class Roster:
    """The people read so far."""

    staff: list[Staff] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    supervised: bool = False
    """Whether one of them is an active supervisor, or may be meant to be one."""

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its person if nothing is wrong with it."""
        code = self._code(line)
        name = line.read("name", _name, "")
        role = line.require("role", choices.role, None)
        proof = line.require("pin_verifier", verifier, "")
        active = line.read("active", cells.yes_no, blank=True)
        if role is None or (role is Role.SUPERVISOR and (active or "active" in line.faulty)):
            self.supervised = True
        if role is not None and not line.faulty:
            self.staff.append(
                Staff(code=code, name=name or code, role=role, verifier=proof, active=active)
            )

    def close(self, sheet: str, findings: Findings) -> None:
        """Fault a sheet without anybody who could approve."""
        if not self.supervised:
            findings.add(Fault(sheet=sheet, problem=Problem.NO_SUPERVISOR, value=sheet))

    def _code(self, line: Line) -> str:
        code = line.require("code", figures.short_code, "")
        if code == SETUP.code:
            line.note("code", Problem.CODE_RESERVED, code)
        elif code in self.codes:
            line.note("code", Problem.CODE_TWICE, code, other=self.codes[code])
        elif code:
            self.codes[code] = line.row
        return code
