"""The printer's queue: the sale stands, its receipt waits, and prints once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.counter.printer import Emulator, Mood, listening
from tests.counter.tills import Paper, opened, proof, ring
from tofan_pos.counter.desk import Desk
from tofan_pos.counter.spool import Spool
from tofan_pos.domain.errors import Ailment, Trouble
from tofan_pos.printing.devices import open_printer
from tofan_pos.receipt.document import Document

RECEIPT = b"\x1b@" + b"receipt " * 200_000
"""Longer than what two sockets keep between them, so that a printer can stop midway."""


def states(desk: Desk) -> list[str]:
    found = (desk.store.sale_numbered("V", n) for n in range(1, 100))
    return [stored.printed for stored in found if stored is not None]


def print_all(desk: Desk) -> None:
    while desk.spool.print_next():
        pass


def sending(address: str) -> Callable[[str, Document], None]:
    """Return what sends a receipt's bytes for real, without drawing one."""
    return lambda number, _document: open_printer(address).send(
        number.encode() + RECEIPT, name=number
    )


@pytest.fixture
def printer() -> Iterator[Emulator]:
    with listening() as emulator:
        yield emulator


@pytest.fixture
def wired(desk: Desk, printer: Emulator) -> Desk:
    return replace(desk, spool=Spool(desk.store, desk.papers, sending(printer.address)))


def test_receipts_print_once_and_in_order(desk: Desk, paper: Paper) -> None:
    for _ in range(3):
        ring(desk)
    assert desk.spool.waiting() == 3
    print_all(desk)
    print_all(desk)
    assert paper.sent == [f"TST1-V{n:06d}" for n in (1, 2, 3)]
    assert states(desk) == ["printed"] * 3


def test_a_printer_in_trouble_keeps_them_waiting(desk: Desk, paper: Paper) -> None:
    ring(desk)
    ring(desk)
    paper.trouble = Trouble(Ailment.PRINTER_STOPPED, address="x")
    with pytest.raises(Trouble):
        desk.spool.print_next()
    assert states(desk) == ["waiting", "waiting"]
    stored = desk.store.sale_numbered("V", 1)
    assert stored is not None
    assert stored.problem == "printer_stopped"
    paper.trouble = None
    print_all(desk)
    assert paper.sent == ["TST1-V000001", "TST1-V000002"]
    assert proof(desk).flaw is None


def test_a_bug_in_drawing_is_not_taken_for_paper(desk: Desk, paper: Paper) -> None:
    ring(desk)
    paper.trouble = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        desk.spool.print_next()
    assert states(desk) == ["sending"]
    assert desk.spool.recover() == [5]
    assert states(desk) == ["unknown"]


def test_a_till_without_a_printer_has_no_queue(tmp_path: Path) -> None:
    from tests.counter.tills import make_till  # noqa: PLC0415 - this test's alone

    make_till(tmp_path)
    with opened(tmp_path, paper=Paper()) as desk:
        ring(desk)
        assert desk.spool.waiting() == 0
        assert not desk.spool.print_next()
        assert states(desk) == [""]


def test_over_a_socket_it_arrives_whole(wired: Desk, printer: Emulator) -> None:
    ring(wired)
    print_all(wired)
    assert states(wired) == ["printed"]
    assert printer.printed == [b"TST1-V000001" + RECEIPT]


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.WELL])
def test_a_printers_fault_never_loses_a_receipt(wired: Desk, printer: Emulator, mood: Mood) -> None:
    ring(wired)
    printer.mood = mood
    with pytest.raises(Trouble) as trouble:
        print_all(wired)
    assert trouble.value.ailment is Ailment.PRINTER_STOPPED
    assert states(wired) == ["waiting"]
    assert printer.printed == []
    ring(wired)
    printer.mood = Mood.WELL
    print_all(wired)
    assert printer.printed == [f"TST1-V{n:06d}".encode() + RECEIPT for n in (1, 2)]
    assert states(wired) == ["printed", "printed"]


def test_nobody_listens(desk: Desk) -> None:
    with listening() as printer:
        address = printer.address
    gone = replace(desk, spool=Spool(desk.store, desk.papers, sending(address)))
    ring(gone)
    with pytest.raises(Trouble) as trouble:
        print_all(gone)
    assert trouble.value.ailment is Ailment.PRINTER_UNREACHABLE
    assert states(gone) == ["waiting"]


def test_into_a_folder_one_file_each(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "receipts"
    filed = replace(desk, spool=Spool(desk.store, desk.papers, sending(f"file:{folder}")))
    ring(filed)
    ring(filed)
    print_all(filed)
    print_all(filed)
    assert sorted(path.name for path in folder.iterdir()) == [
        "TST1-V000001.escpos",
        "TST1-V000002.escpos",
    ]


ENDING = """
import os, sys
from dataclasses import replace
from pathlib import Path
from tests.counter.tills import opened
from tofan_pos.counter.spool import Spool
def send(number, document):
    Path(sys.argv[2]).write_text(number)
    os._exit(9)
with opened(Path(sys.argv[1])) as desk:
    replace(desk, spool=Spool(desk.store, desk.papers, send)).spool.print_next()
"""


def test_a_program_that_ends_between_sending_and_noting_leaves_a_doubt(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as desk:
        ring(desk)
        ring(desk)
    ran = subprocess.run(
        (sys.executable, "-c", ENDING, str(folder), str(tmp_path / "paper")),
        check=False,
        cwd=Path(__file__).parents[2],
        env=os.environ,
    )
    assert ran.returncode == 9
    assert (tmp_path / "paper").read_text() == "TST1-V000001"
    paper = Paper()
    with opened(folder, paper=paper) as desk:
        assert desk.spool.recover() == [5]
        assert desk.spool.recover() == []
        print_all(desk)
        assert paper.sent == ["TST1-V000002"], "what may be on paper is not printed again"
        assert states(desk) == ["unknown", "printed"]
        assert proof(desk).flaw is None
