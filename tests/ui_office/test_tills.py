"""The tills room: a table to sort, search, copy and write down; one till in full; what to do."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.office.forge import Part, Till, key_of, sale
from tests.ui_office.conftest import CTRL, MOMENT, Open, Seen
from tofan_pos.sync.contact import HelloBody, Standing, write_hello
from tofan_pos.sync.enrolment import Beginning
from tofan_pos.sync.keys import fingerprint
from tofan_pos.sync.sales import write_moment

SHIFT = Qt.KeyboardModifier.ShiftModifier


def greet(seen: Seen, till: Till, *, ago: timedelta = timedelta()) -> None:
    """Have a till say hello, so long ago."""
    seen.clock[0] = MOMENT - ago
    body = HelloBody(
        at=write_moment(seen.clock[0]),
        catalogue=12,
        epoch=till.epoch,
        hash=till.head.hash.hex(),
        head=till.head.seq,
        nonce="0" * 32,
        program="0.1.0",
        till=till.code,
    )
    seen.office.reception.hello(write_hello(body, till.key))
    seen.clock[0] = MOMENT


def three(seen: Seen, stick: Path) -> list[Till]:
    """Enrol three tills: one well, one with a gap, one that is silent."""
    made = []
    for n, code in enumerate(("CTW1", "EMQ2", "PGN3")):
        till = Till.with_sales(6 + n, code=code, key=key_of(code)).enrolled(seen.office.store)
        paths = [till.save(stick, 1, 3), till.save(stick, 5 if code == "EMQ2" else 4)]
        seen.office.reception.take_paths(paths, answer=False)
        greet(seen, till, ago=timedelta(days=3) if code == "PGN3" else timedelta(minutes=5 * n))
        made.append(till)
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    return made


def column(seen: Seen, name: str) -> list[str]:
    """Return what stands in a column, from the top."""
    grid = seen.tills.table.grid
    at = [heading.name for heading in grid.headings].index(name)
    return [line.cells[at].text for line in grid.lines]


def fork(seen: Seen, till: Till, stick: Path) -> None:
    other = till.branch(5)
    other.write(sale(6, Part(paid=500_00, vat=32_71, share=300_00)))
    path = stick / "copied.tofan"
    path.write_bytes(other.file(6, 6))
    seen.drop(path)
    seen.press(Qt.Key.Key_2, "2", held=CTRL)


def test_without_tills_it_says_what_to_do(seen: Seen) -> None:
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    assert not seen.tills.table.isVisible()
    assert "drop it into the inbox" in seen.tills.empty.said
    assert seen.window.focusWidget() is seen.tills.empty.inbox_key
    seen.press(Qt.Key.Key_Return, "\r")
    assert seen.window.rail.keys[0].isChecked()


def test_every_till_has_a_row_that_tells_how_it_stands(seen: Seen, stick: Path) -> None:
    tills = three(seen, stick)
    assert column(seen, "Till") == ["CTW1", "EMQ2", "PGN3"]
    assert column(seen, "Last heard") == ["just now", "5 min ago", "3 days ago"]
    assert column(seen, "Missing") == ["–", "1", "–"]
    assert column(seen, "Held to entry") == ["6", "3", "8"]
    assert column(seen, "Catalogue") == ["12"] * 3
    assert column(seen, "Fingerprint") == [till.request().fingerprint for till in tills]


def test_a_till_not_heard_of_for_a_day_is_red(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    tones = [line.cells[1].tone for line in seen.tills.table.grid.lines]
    assert tones == ["ink", "ink", "wrong"]


def test_rows_are_put_in_order_with_the_keyboard_and_the_chosen_one_stays(
    seen: Seen, stick: Path
) -> None:
    three(seen, stick)
    assert seen.window.focusWidget() is seen.tills.table
    seen.press(Qt.Key.Key_Down)
    assert seen.tills.table.key == "EMQ2"
    seen.press(Qt.Key.Key_Right, held=SHIFT)
    assert column(seen, "Till") == ["PGN3", "EMQ2", "CTW1"]  # the longest ago on top
    seen.press(Qt.Key.Key_Down, held=SHIFT)
    assert column(seen, "Till") == ["CTW1", "EMQ2", "PGN3"]
    assert seen.tills.table.key == "EMQ2"
    assert seen.tills.pane.title.text() == "EMQ2"


def test_the_table_is_narrowed_down_by_what_is_typed(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    seen.press(Qt.Key.Key_F, "f", held=CTRL)
    seen.type("emq")
    assert column(seen, "Till") == ["EMQ2"]
    assert seen.tills.pane.title.text() == "EMQ2"
    seen.press(Qt.Key.Key_Escape)
    assert len(column(seen, "Till")) == 3


def test_the_table_is_copied_as_text(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    seen.tills.copy_key.click()
    head, *lines = QApplication.clipboard().text().splitlines()
    assert head.startswith("Till\tLast heard\tStanding")
    assert [line.split("\t")[0] for line in lines] == ["CTW1", "EMQ2", "PGN3"]
    seen.tills.table.setFocus()
    seen.press(Qt.Key.Key_C, "c", held=CTRL)
    assert len(QApplication.clipboard().text().splitlines()) == 2


def test_what_is_shown_is_written_as_a_workbook_with_numbers(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    seen.chosen.target = stick / "tills"
    seen.tills.sheet_key.click()
    seen.settle()
    assert "tills.xlsx" in seen.tills.written.text
    book = load_workbook(io.BytesIO((stick / "tills.xlsx").read_bytes()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    (emq,) = (row for row in rows if row[0] == "EMQ2")
    assert emq[3:5] == [3, 1]


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_shown_is_written_as_pdf(open_office: Open, stick: Path, language: str) -> None:
    seen = open_office(language=language)
    three(seen, stick)
    seen.tills.filter.setText("EMQ")
    seen.chosen.target = stick / "tills.pdf"
    seen.tills.pdf_key.click()
    seen.settle()
    document = cast("Any", pypdfium2).PdfDocument((stick / "tills.pdf").read_bytes())
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "EMQ2" in text
    assert "CTW1" not in text


def test_where_nothing_can_be_written_a_sentence_says_so(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    seen.chosen.target = stick / "nowhere" / "tills.pdf"
    seen.tills.pdf_key.click()
    seen.settle()
    assert "cannot be written to" in seen.window.notice.text


def test_a_fork_is_shown_and_settled_with_a_name_and_a_note(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick))
    fork(seen, till, stick)
    assert column(seen, "Kept apart") == ["1"]
    assert seen.window.rail.keys[1].waiting == 1
    pane = seen.tills.pane
    (card,) = pane.cards
    assert "CTW1" in card.said
    assert not card.settle_key.isEnabled()
    card.note.setFocus()
    seen.type("old laptop")
    seen.press(Qt.Key.Key_Return, "\r")
    assert seen.window.focusWidget() is pane.who  # nobody settles without a name
    seen.type("Auditor")
    card.note.setFocus()
    seen.press(Qt.Key.Key_Return, "\r")
    assert not pane.cards
    assert seen.window.rail.keys[1].waiting == 0
    (settled,) = seen.office.store.settlements().values()
    assert (settled.by, settled.note) == ("Auditor", "old laptop")


def test_revoking_is_asked_about_in_place_and_enter_leaves_it(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick))
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    asking = seen.tills.pane.asking
    asking.keys[0].setFocus()
    seen.press(Qt.Key.Key_Return, "\r")
    assert "taken in any more" in asking.said
    seen.press(Qt.Key.Key_Return, "\r")
    assert not asking.asking
    assert column(seen, "Standing") == ["Trusted"]
    asking.keys[0].click()
    asking.do_key.setFocus()
    seen.press(Qt.Key.Key_Return, "\r")
    assert column(seen, "Standing") == ["Key revoked"]
    seen.drop(till.save(stick))
    known = seen.office.store.till("CTW1", 1)
    assert known is not None
    assert known.standing == Standing.REVOKED


def test_earlier_keys_are_revoked_alone_and_what_is_missing_comes_under_the_new_one(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick, 1, 6))
    later = till.next_epoch(why=Beginning.MOVED).enrolled(seen.office.store)
    seen.drop(later.save(stick))
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    asking = seen.tills.pane.asking
    assert [key.isVisible() for key in asking.keys] == [True] * 3
    asking.keys[1].click()
    assert "(1)" in asking.said
    asking.do_key.click()
    seen.settle()
    assert [seen.office.store.till("CTW1", n).standing for n in (1, 2)] == [  # type: ignore[union-attr]
        Standing.REVOKED,
        Standing.TRUSTED,
    ]
    assert asking.keys[1].text() == "Retire the till"
    assert seen.tills.pane.shown is not None
    (epochs,) = seen.tills.pane.shown.parts
    assert epochs.lines[1].endswith(f"{fingerprint(till.key.public)}, revoked)")
    seen.drop(till.save(stick, 7, 12))
    assert "revoked" in seen.told()[0]
    path = stick / "vouched.tofan"
    path.write_bytes(replace(till, key=later.key).file(7, 12))
    seen.drop(path)
    assert seen.told()[0] == "Imported: 6 entries of till CTW1 · sales: 6"


def test_escape_leaves_a_question(seen: Seen, till: Till, stick: Path) -> None:
    seen.drop(till.save(stick))
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    asking = seen.tills.pane.asking
    asking.keys[1].click()
    assert asking.asking == "retire"
    seen.press(Qt.Key.Key_Escape)
    assert not asking.asking


def test_a_retired_till_is_expected_no_more(seen: Seen, stick: Path) -> None:
    three(seen, stick)
    seen.tills.table.choose("PGN3")
    seen.tills.pane.asking.keys[1].click()
    seen.tills.pane.asking.do_key.click()
    seen.settle()
    assert column(seen, "Standing")[2] == "Retired"
    assert [line.cells[1].tone for line in seen.tills.table.grid.lines][2] == "ink"


def test_what_is_being_written_stays_while_it_looks_anew(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick))
    fork(seen, till, stick)
    (card,) = seen.tills.pane.cards
    card.note.setText("half a note")
    seen.press(Qt.Key.Key_F5)
    seen.press(Qt.Key.Key_F9)
    assert seen.tills.pane.cards == [card]
    assert card.note.text() == "half a note"


def test_a_stranger_whose_file_was_seen_has_a_row_until_it_is_settled(
    seen: Seen, till: Till, stick: Path
) -> None:
    stranger = Till.with_sales(4, code="MBK2", key=key_of("stranger"))
    later = till.next_epoch()
    seen.drop(till.save(stick), stranger.save(stick), later.save(stick))
    assert seen.window.rail.keys[1].waiting == 2
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    assert column(seen, "Till") == ["CTW1", "MBK2"]
    assert column(seen, "Standing") == ["Trusted", "Not enrolled"]
    assert column(seen, "To do") == ["1", "1"]
    (card,) = seen.tills.pane.cards
    assert "epoch 2" in card.said
    seen.tills.table.choose("MBK2")
    pane = seen.tills.pane
    assert pane.shown is not None
    assert (pane.shown.deeds, pane.shown.parts) == ((), ())
    assert pane.shown.fingerprint == fingerprint(stranger.key.public)
    (card,) = pane.cards
    assert "is not enrolled" in card.said
    pane.who.setText("Auditor")
    card.note.setText("a till of the fair")
    card.settle_key.click()
    seen.settle()
    assert column(seen, "Till") == ["CTW1"]
    assert seen.window.rail.keys[1].waiting == 1


def test_a_stranger_is_shown_before_any_till_is_enrolled(seen: Seen, stick: Path) -> None:
    seen.drop(Till.with_sales(2).save(stick))
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    assert column(seen, "Till") == ["CTW1"]
    assert not seen.tills.empty.isVisible()
    seen.chosen.target = stick / "tills"
    seen.tills.sheet_key.click()
    seen.settle()
    book = load_workbook(io.BytesIO((stick / "tills.xlsx").read_bytes()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert ["CTW1", "Not enrolled", "never", 0] in [row[:4] for row in rows]
