"""Hides the sheet of tills: by which key each till's receipts can be checked at another."""

import re
from dataclasses import dataclass, field
from typing import Final

from tofan_pos.domain.catalogue import KnownTill
from tofan_pos.domain.errors import Refusal
from tofan_pos.domain.numbering import till_code
from tofan_pos.workbook import cells, figures
from tofan_pos.workbook.faults import Problem, Unfit
from tofan_pos.workbook.sheets import Cell, Kind
from tofan_pos.workbook.table import Line, Table

TILLS: Final = Table(
    name="Tills",
    columns=("till", "epoch", "public_key"),
    required=frozenset({"till", "public_key"}),
    most_rows=5_000,
    optional=True,
    other_name="เครื่องขาย",
    other_columns={
        "till": ("till_code", "รหัสเครื่อง", "รหัสเครื่องขาย", "เครื่อง"),
        "epoch": ("รุ่น", "ครั้งที่ตั้งเครื่อง"),
        "public_key": ("กุญแจสาธารณะ",),
    },
)

_KEY: Final = re.compile("[0-9a-f]{64}")


def till(cell: Cell) -> str | None:
    """Return a till's code; small letters become capitals."""
    text = cells.plain(cell)
    if not text:
        return None
    cells.refuse_card(text)
    try:
        return till_code(text.upper() if text.isascii() else text)
    except Refusal as error:
        raise Unfit(Problem.TILL_CODE) from error


def public_key(cell: Cell) -> bytes | None:
    """Return the 32 bytes of a key from their 64 hexadecimal digits."""
    text = cells.word(cell)
    if not text:
        return None
    # Tried first: in one key out of some hundreds, digits stand as in a card's number.
    if cell.kind is not Kind.TEXT or not _KEY.fullmatch(text):
        cells.refuse_card(text)
        raise Unfit(Problem.KEY_SHAPE)
    return bytes.fromhex(text)


@dataclass(slots=True)
class Tills:
    """The tills read so far; a till set up anew has a new key under its next epoch."""

    tills: list[KnownTill] = field(default_factory=list)
    seen: dict[tuple[str, int], int] = field(default_factory=dict)
    keys: dict[bytes, int] = field(default_factory=dict)

    def put(self, line: Line) -> None:
        """Read one line of the sheet, and keep its till if nothing is wrong with it."""
        code = line.require("till", till, "")
        epoch = line.read("epoch", figures.count, 1)
        if epoch < 1:
            line.note("epoch", Problem.COUNT_TOO_SMALL, str(epoch), least=1)
        key = line.require("public_key", public_key, b"")
        if code and "epoch" not in line.faulty:
            first = self.seen.setdefault((code, epoch), line.row)
            if first != line.row:
                line.note("till", Problem.TILL_TWICE, code, other=first, epoch=epoch)
        if key:
            first = self.keys.setdefault(key, line.row)
            if first != line.row:
                line.note("public_key", Problem.KEY_TWICE, other=first)
        if not line.faulty:
            self.tills.append(KnownTill(code, epoch, key))
