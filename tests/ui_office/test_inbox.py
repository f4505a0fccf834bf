"""What is dropped, pasted or chosen is taken in, and what became of it is told in place."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.office.forge import Part, Till, key_of, sale
from tests.ui_office.conftest import CTRL, Open, Seen, mime_of
from tofan_pos.sync.contact import acknowledgement_in
from tofan_pos.sync.enrolment import grant_in, write_request
from tofan_pos.sync.request_code import request_code
from tofan_pos.ui.kit.tones import Tone
from tofan_pos.ui.office.request_card import Answer


def test_an_empty_inbox_says_what_to_do(seen: Seen) -> None:
    assert seen.inbox.drop_card.files.isVisible()
    assert not seen.inbox.results.isVisible()
    assert seen.window.focusWidget() is seen.inbox.drop_card.files


def test_a_folder_dropped_is_taken_in_whole_and_told_newest_first(
    seen: Seen, till: Till, stick: Path
) -> None:
    till.save(stick, 1, 3)
    till.save(stick, 7, 12)
    assert seen.drop(stick)
    assert seen.told() == [
        "Imported: 6 entries of till CTW1 · sales: 6",
        "Imported: 3 entries of till CTW1 · sales: 3",
    ]
    assert seen.office.store.counts()["entries"] == 9
    assert {one.label: one.value for one in seen.inbox.figures.figures} == {
        "Files": "2",
        "New entries": "9",
        "Sales taken in": "9",
        "Refunds and voids": "0",
    }
    assert seen.sounds.played == [Tone.DONE]


def test_what_is_missing_is_named_there(seen: Seen, till: Till, stick: Path) -> None:
    till.save(stick, 1, 3)
    till.save(stick, 7, 12)
    seen.drop(stick)
    assert seen.inbox.missing.isVisible()
    assert seen.inbox.missing.said == "Till CTW1 is missing 4–6"
    seen.drop(till.save(stick, 4, 6))
    assert not seen.inbox.missing.isVisible()


def test_what_went_with_a_file_is_named_with_where_to_look(
    seen: Seen, till: Till, stick: Path
) -> None:
    second = till.next_epoch(6, lost=(till.lost(7),)).enrolled(seen.office.store)
    seen.drop(second.save(stick))
    till.save(stick, 1, 4)
    # Whichever epoch was told of last.
    seen.drop(stick)
    assert seen.inbox.missing.said.splitlines() == [
        "Till CTW1 is missing 5–6",
        f"Till CTW1 (epoch 1) lost 7–{len(till.links)} with its file",
    ]


def test_the_same_file_again_changes_nothing_and_says_so(
    seen: Seen, till: Till, stick: Path
) -> None:
    path = till.save(stick)
    seen.drop(path)
    seen.drop(path)
    assert seen.told()[0].startswith("Already there, nothing changed.")
    assert seen.office.store.counts()["entries"] == 12


def test_a_file_that_is_no_sync_file_is_refused_in_a_sentence(
    seen: Seen, till: Till, stick: Path
) -> None:
    (stick / "a.tofan").write_bytes(b"not a sync file")
    till.save(stick)
    seen.drop(stick)
    assert "Refused: this is not a sync file of a till" in seen.told()
    assert seen.office.store.counts()["entries"] == 12
    assert seen.sounds.played == [Tone.UNKNOWN]


def test_a_fork_is_set_aside_with_what_to_do(seen: Seen, till: Till, stick: Path) -> None:
    seen.drop(till.save(stick))
    fork = till.branch(8)
    fork.write(sale(9, Part(paid=500, vat=33, share=300)))
    fork.write(sale(10))
    path = stick / "fork.tofan"
    path.write_bytes(fork.file(9, 10))
    seen.drop(path)
    (entry, *_) = seen.inbox.results.entries
    assert entry.told.happened == (
        "Kept apart whole: from entry 9 on it contradicts what till CTW1 sent before."
    )
    assert "see CTW1 under Tills" in entry.told.do
    seen.drop(path)
    (entry, *_) = seen.inbox.results.entries
    assert "the same branch again" in entry.told.do
    assert [one.value for one in seen.inbox.figures.figures if one.label == "Kept apart"] == ["1"]


def test_answers_lie_beside_the_files_and_the_stick_may_go(
    seen: Seen, till: Till, stick: Path
) -> None:
    till.save(stick)
    seen.drop(stick)
    letter = acknowledgement_in((stick / "CTW1-1.tofanack").read_bytes())
    assert letter.body.head == 12
    assert "safe to remove" in seen.inbox.answered.text
    assert seen.inbox.answered.isVisible()
    seen.drop(till.save(stick), settle=False)
    assert not seen.inbox.answered.isVisible()  # it is being written to again
    seen.settle()
    assert seen.inbox.answered.isVisible()


def test_paste_takes_files_in(seen: Seen, till: Till, stick: Path) -> None:
    QApplication.clipboard().setMimeData(mime_of(till.save(stick)))
    seen.press(Qt.Key.Key_V, held=CTRL)
    assert seen.office.store.counts()["entries"] == 12


def test_a_pasted_path_is_taken_in_and_other_words_are_not(
    seen: Seen, till: Till, stick: Path
) -> None:
    QApplication.clipboard().setText("the tills\n/nowhere/at/all")
    seen.press(Qt.Key.Key_V, held=CTRL)
    assert not seen.told()
    QApplication.clipboard().setText(f"{till.save(stick)}\n")
    seen.press(Qt.Key.Key_V, held=CTRL)
    assert len(seen.told()) == 1


@pytest.mark.parametrize("which", ["files", "folder"])
def test_files_and_folders_are_chosen_with_the_keyboard(
    seen: Seen, till: Till, stick: Path, which: str
) -> None:
    path = till.save(stick)
    seen.chosen.files, seen.chosen.folder = [path], stick
    if which == "files":
        seen.press(Qt.Key.Key_Return, "\r")
    else:
        seen.press(Qt.Key.Key_Tab, "\t")
        assert seen.window.focusWidget() is seen.inbox.drop_card.folder
        seen.press(Qt.Key.Key_Space, " ")
    assert seen.office.store.counts()["entries"] == 12


def test_an_import_is_stopped_between_files_and_what_came_in_stays(seen: Seen, stick: Path) -> None:
    till = Till.with_sales(40).enrolled(seen.office.store)
    for seq in range(1, 41):
        till.save(stick, seq, seq)
    first, pressed = threading.Event(), threading.Event()

    def wait(*_: object) -> None:
        """On the worker itself: a file is done, and the next waits until Escape was pressed."""
        first.set()
        pressed.wait(10)

    seen.inbox.taking.progressed.connect(wait, Qt.ConnectionType.DirectConnection)
    seen.drop(stick, settle=False)
    assert first.wait(10)
    assert seen.window.focusWidget() is seen.inbox.drop_card.cancel
    seen.press(Qt.Key.Key_Escape, settle=False)
    pressed.set()
    seen.settle()
    assert seen.office.store.counts()["entries"] == len(seen.told()) == 1
    assert not seen.inbox.drop_card.running


def test_what_is_dropped_meanwhile_is_taken_in_afterwards(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save(stick, 1, 6), settle=False)
    seen.drop(till.save(stick, 7, 12))
    assert seen.office.store.counts()["entries"] == 12
    assert len(seen.told()) == 2


def test_a_drop_on_another_room_goes_to_the_inbox(seen: Seen, till: Till, stick: Path) -> None:
    seen.press(Qt.Key.Key_2, "2", held=CTRL)
    assert seen.window.rail.keys[1].isChecked()
    seen.drop(till.save(stick))
    assert seen.window.rail.keys[0].isChecked()
    assert seen.inbox.isVisible()
    assert len(seen.told()) == 1


# --- tills that ask -------------------------------------------------------------------------------


def asking(stick: Path, code: str = "EMQ2") -> Till:
    stick.mkdir(exist_ok=True)
    till = Till.with_sales(5, code=code, key=key_of(code))
    till.save(stick)
    till.save_request(stick).rename(stick / "enrolment-request.json")
    return till


def test_a_till_that_asks_is_shown_with_its_fingerprint(seen: Seen, stick: Path) -> None:
    till = asking(stick)
    seen.drop(stick)
    (card,) = seen.inbox.cards
    assert card.fingerprint.text == till.request().fingerprint
    assert "Does the till show this?" in card.said
    assert seen.window.rail.keys[0].waiting == 1
    assert seen.office.store.till("EMQ2", 1) is None


def test_the_same_fingerprint_enrols_answers_and_takes_in_what_had_to_wait(
    seen: Seen, stick: Path
) -> None:
    asking(stick)
    seen.drop(stick)
    assert seen.told()[0].startswith("Refused: till EMQ2")
    (card,) = seen.inbox.cards
    card.same_key.setFocus()
    seen.press(Qt.Key.Key_Return, "\r")
    grant = grant_in((stick / "EMQ2-1.tofangrant").read_bytes())
    assert grant.body.till == "EMQ2"
    assert grant.office_key == seen.office.key().public
    assert "EMQ2-1.tofangrant" in card.said
    assert seen.told() == ["Imported: 5 entries of till EMQ2 · sales: 5"]
    assert seen.window.rail.keys[0].waiting == 0
    seen.press(Qt.Key.Key_Return, "\r")
    assert not seen.inbox.cards


def test_no_enter_trusts_a_till_but_its_key_does_once_however_long_it_is_held(
    seen: Seen, stick: Path
) -> None:
    asking(stick)
    asking(stick / "more", "PGN3")
    seen.drop(stick)
    first, second = seen.inbox.cards
    seen.inbox.take_keyboard()
    for _ in range(3):
        seen.press(Qt.Key.Key_Return, "\r")
    assert [card.answer for card in seen.inbox.cards] == [Answer.OPEN] * 2
    seen.press(Qt.Key.Key_F12)
    seen.press(Qt.Key.Key_F12, repeated=True)
    seen.press(Qt.Key.Key_Return, "\r", repeated=True)
    assert [card.answer for card in seen.inbox.cards] == [Answer.SAME, Answer.OPEN]
    assert first.same_key.isHidden()
    seen.press(Qt.Key.Key_F12)
    assert second.answer is Answer.SAME


def test_the_sums_go_on_with_what_had_to_wait_for_a_till_to_be_trusted(
    seen: Seen, till: Till, stick: Path
) -> None:
    till.save(stick, 1, 6)
    (stick / "broken.tofan").write_bytes(b"TOFAN")
    asking(stick)
    seen.drop(stick)
    seen.press(Qt.Key.Key_F12)
    assert {one.label: one.value for one in seen.inbox.figures.figures} == {
        "Files": "3",
        "New entries": "11",
        "Sales taken in": "11",
        "Refunds and voids": "0",
        "Refused": "1",
    }


def test_another_fingerprint_enrols_nobody_and_says_what_to_do(seen: Seen, stick: Path) -> None:
    asking(stick)
    seen.drop(stick)
    (card,) = seen.inbox.cards
    card.differs_key.setFocus()
    seen.press(Qt.Key.Key_Space, " ")
    assert "Nothing was changed." in card.said
    assert seen.office.store.till("EMQ2", 1) is None
    assert not (stick / "EMQ2-1.tofangrant").exists()
    assert seen.office.reception.pending() == []


def test_a_request_over_the_network_is_asked_about_once(seen: Seen, stick: Path) -> None:
    till = Till(code="PGN3", key=key_of("PGN3"))
    content = till.save_request(stick).read_bytes()
    assert seen.office.reception.ask(content) is None
    seen.press(Qt.Key.Key_F5)
    seen.press(Qt.Key.Key_F5)
    (card,) = seen.inbox.cards
    card.same_key.setFocus()
    seen.press(Qt.Key.Key_Space, " ")
    assert seen.office.store.till("PGN3", 1) is not None
    assert "fetches the answer by itself" in card.said


def test_a_dropped_request_of_an_enrolled_till_is_answered_at_once(
    seen: Seen, till: Till, stick: Path
) -> None:
    seen.drop(till.save_request(stick))
    assert not seen.inbox.cards
    assert (stick / "CTW1-1.tofangrant").exists()


def test_a_forged_request_is_refused_in_a_sentence(seen: Seen, stick: Path) -> None:
    path = asking(stick, "EMQ2").save_request(stick)
    path.write_bytes(path.read_bytes().replace(b"EMQ2", b"EMQ3"))
    seen.drop(path)
    assert not seen.inbox.cards
    assert "is not a till's enrolment request" in seen.told()[0]


def test_the_whole_list_is_copied(seen: Seen, till: Till, stick: Path) -> None:
    seen.drop(till.save(stick))
    seen.inbox.copy_key.click()
    assert QApplication.clipboard().text().startswith("CTW1-1-00000001-00000012.tofan – Imported")


def test_everything_is_said_in_thai(open_office: Open, stick: Path) -> None:
    seen = open_office(language="th")
    till = Till.with_sales(3).enrolled(seen.office.store)
    asking(stick)
    seen.drop(till.save(stick), stick)
    words = [*seen.told(), *(card.said for card in seen.inbox.cards)]
    assert all(any("ก" <= letter <= "๙" for letter in said) for said in words)


@pytest.mark.parametrize("room", [0, 1])
def test_a_requests_code_is_scanned_wherever_the_keyboard_is(seen: Seen, room: int) -> None:
    stranger = Till.with_sales(1, code="MBK2", key=key_of("stranger"))
    code = request_code(write_request(stranger.request(), stranger.key))
    seen.window.go_to(room)
    if room:
        seen.window.setFocus()
    seen.scan(code)
    (card,) = seen.inbox.cards
    assert card.asked.request == stranger.request()
    assert seen.window.shown is seen.inbox
    # Of a scanner that sends CR LF the second Enter answers nothing.
    assert seen.office.store.till("MBK2", 1) is None
    card.same_key.click()
    seen.settle()
    known = seen.office.store.till("MBK2", 1)
    assert known is not None
    assert known.public_key == stranger.key.public


def test_a_requests_code_is_pasted(seen: Seen) -> None:
    stranger = Till.with_sales(1, code="MBK2", key=key_of("stranger"))
    QApplication.clipboard().setText(request_code(write_request(stranger.request(), stranger.key)))
    seen.press(Qt.Key.Key_V, held=CTRL)
    assert [card.asked.request.till for card in seen.inbox.cards] == ["MBK2"]


def test_a_code_that_was_damaged_is_told(seen: Seen) -> None:
    seen.scan("TOFANQ1.GARBAGE")
    assert not seen.inbox.cards
    assert not seen.window.notice.isHidden()
