"""What stands on the screen all day: printer, outbox, names for the eyes of machines; export."""

import re
import socket
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView, QWidget

from tests.ui.conftest import Counter, Open, ean
from tofan_pos import app as composition
from tofan_pos.domain.people import Role
from tofan_pos.printing.compose import compose
from tofan_pos.receipt.paper import paper_of
from tofan_pos.receipt.text import text
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.done import DonePage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.facts import facts_of
from tofan_pos.ui.counter.help import HelpPage
from tofan_pos.ui.counter.menu import MenuPage
from tofan_pos.ui.counter.office_page import OfficePage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.kit.keys import KeyButton
from tofan_pos.ui.kit.tokens import TARGET

if sys.platform != "win32":
    import resource

SHIFT = Qt.KeyboardModifier.ShiftModifier
PAGES = (ShelfPage, PayPage, DonePage, DiscountPage, ExportPage, HelpPage, MenuPage, ReceiptsPage)


def told(counter: Counter) -> str:
    return " | ".join(fact.text for fact in counter.window.status.facts)


def sell(counter: Counter) -> None:
    counter.hands.scan(ean(1))
    counter.hands.enter()
    counter.hands.enter()
    counter.settle()


def test_a_disk_nearly_full_is_told_first(open_counter: Open) -> None:
    counter = open_counter(language="en")
    desk = counter.desk

    def with_free(mib: int | None) -> str:
        free = None if mib is None else mib * 1024 * 1024
        facts = facts_of(
            replace(desk, free=lambda _: free),
            unsent=desk.outbox.waiting(),
            unprinted=0,
            trouble=None,
            say=counter.window.say,
        )
        return f"{facts[0].text} {facts[0].wrong}"

    assert with_free(499) == "Disk nearly full: 499 MiB left True"
    assert "Disk" not in with_free(500)
    assert "Disk" not in with_free(None)
    assert (desk.disk_free() or 0) > 0
    assert (
        composition.all_words()["th"]("Disk nearly full: {free} MiB left", free=7)
        == "ดิสก์ใกล้เต็ม เหลือ 7 MiB"
    )


def test_the_outbox_its_age_and_the_acknowledgement_are_always_there(open_counter: Open) -> None:
    counter = open_counter(language="en")
    waiting = counter.desk.outbox.waiting().count
    assert f"{waiting} not sent" in told(counter)
    assert "acknowledged: none yet" in told(counter)
    counter.clock[0] += timedelta(hours=5)
    sell(counter)
    assert f"{waiting + 1} not sent, oldest 5 h" in told(counter)


def test_of_a_key_in_a_file_a_supervisor_is_warned_alone(open_counter: Open) -> None:
    counter = open_counter(language="en")
    assert not counter.desk.identity.key_guarded
    assert "Key in a file" in told(counter)
    counter.desk.access.add_staff("C1", "คนขายสอง", Role.CASHIER, "251046")
    counter.desk.access.sign_in("C1", "251046")
    counter.window.watch.look()
    assert "Key in a file" not in told(counter)


def test_without_a_printer_the_receipt_is_on_the_screen(open_counter: Open) -> None:
    counter = open_counter(language="en")
    assert "No printer" in told(counter)
    sell(counter)
    assert counter.window.pages.of(DonePage).preview.shown > 0
    assert "No printer" in counter.window.pages.of(DonePage).printing_shown


def test_a_receipt_is_printed_after_the_sale(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en", printer=f"file:{tmp_path / 'paper'}")
    sell(counter)
    stored = counter.desk.store.last_sale()
    assert stored is not None
    assert stored.printed == "printed"
    assert "Printer ready" in told(counter)
    assert "is printed" in counter.window.pages.of(DonePage).printing_shown


def test_a_dead_printer_is_said_and_selling_goes_on(open_counter: Open) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    counter = open_counter(language="en", printer=f"tcp:127.0.0.1:{port}")
    sell(counter)
    assert "Printer: 1 waiting" in told(counter)
    assert "does not answer" in counter.window.pages.of(DonePage).printing_shown
    sell(counter)
    assert counter.sold() == 2
    assert "Printer: 2 waiting" in told(counter)


def test_what_was_being_printed_when_the_till_stopped_is_said(open_counter: Open) -> None:
    counter = open_counter(language="en", printer="tcp:127.0.0.1:9")
    sell(counter)
    seq = counter.desk.store.jobs_in("waiting")[0]
    with counter.desk.store.writing() as tx:
        tx.set_print_state(seq, "sending")
    counter.window.printing.begin()
    counter.settle()
    assert "may not have been printed" in counter.window.notice.text


if sys.platform != "win32":  # where no limit can be set on what a process writes

    def test_a_disk_that_does_not_take_the_sale_is_said_and_the_basket_stays(
        open_counter: Open,
    ) -> None:
        counter = open_counter(language="en")
        counter.hands.scan(ean(1))
        counter.hands.enter()
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
        try:
            counter.hands.enter()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert counter.sold() == 0
        assert counter.quantities == {"CL-1": 1}
        assert "isk" in counter.window.notice.text
        counter.hands.enter()
        assert counter.sold() == 1


def test_export_writes_says_so_and_remembers_where(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en")
    sell(counter)
    counter.hands.press(Qt.Key.Key_F11, held=SHIFT)
    page = counter.window.pages.of(ExportPage)
    assert any(key.isVisible() for key in page.findChildren(KeyButton))
    page.folder.setText(str(tmp_path / "stick"))
    counter.hands.enter()
    counter.settle()
    assert "safe to remove" in page.outcome_shown
    assert "once head office has answered" in page.outcome_shown
    assert not any(key.isVisible() for key in page.findChildren(KeyButton))
    assert len(list((tmp_path / "stick").iterdir())) == 1
    counter.hands.enter()
    assert counter.window.pages.shows(ShelfPage)
    counter.hands.press(Qt.Key.Key_F11, held=SHIFT)
    assert page.folder.text() == str(tmp_path / "stick")


def test_export_to_where_nothing_can_be_written_is_said(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(language="en")
    (tmp_path / "file").write_text("in the way")
    counter.hands.press(Qt.Key.Key_F11, held=SHIFT)
    page = counter.window.pages.of(ExportPage)
    page.folder.setText(str(tmp_path / "file" / "stick"))
    counter.hands.enter()
    counter.settle()
    assert "cannot be written" in page.outcome_shown


def test_a_scan_while_exporting_is_sold(counter: Counter) -> None:
    counter.hands.press(Qt.Key.Key_F11, held=SHIFT)
    counter.hands.scan(ean(1))
    assert counter.quantities == {"CL-1": 1}


def test_the_last_receipt_is_shown_again_with_one_key(counter: Counter) -> None:
    sell(counter)
    counter.hands.press(Qt.Key.Key_F10)
    counter.settle()
    assert counter.window.pages.shows(ReceiptsPage)
    assert counter.window.pages.of(ReceiptsPage).one.paper.isVisible()


def test_the_last_receipt_is_printed_again_with_one_key(open_counter: Open, tmp_path: Path) -> None:
    counter = open_counter(printer=f"file:{tmp_path / 'paper'}")
    sell(counter)
    before = counter.hands.pressed
    counter.hands.press(Qt.Key.Key_F8)
    assert counter.hands.pressed - before == 1
    counter.settle()
    with counter.desk.store.reading() as look:
        (again,) = look.events("reprinted")
    found = counter.desk.papers.at(again.seq)
    assert found is not None
    assert "พิมพ์ซ้ำครั้งที่ 1" in text(compose(found[1], paper_of(80)))
    assert counter.desk.spool.waiting() == 0
    assert counter.sold() == 1


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_control_has_a_name_and_is_large_enough(open_counter: Open, language: str) -> None:
    counter = open_counter(language=language)
    sell(counter)
    counter.hands.scan(ean(1))
    for kind in PAGES:
        if kind is DiscountPage:
            counter.window.serving.doing.open_discount(whole=False)
        elif kind is PayPage:
            counter.window.serving.doing.open_payment()
        else:
            counter.window.pages.turn_to(kind)
        counter.settle()
        for control in counter.window.findChildren(QWidget):
            if not isinstance(control, QAbstractButton | QLineEdit | QListView):
                continue
            if not control.isVisible():
                continue
            where = f"{type(control).__name__} on {kind.__name__}: {control.accessibleName()!r}"
            assert control.accessibleName().strip(), where
            assert control.height() >= TARGET, where
            assert control.width() >= TARGET, where


def test_keys_held_together_are_spelled_one_way(counter: Counter) -> None:
    sell(counter)
    counter.hands.scan(ean(1))
    counter.window.serving.doing.open_payment()
    for kind in (*PAGES, OfficePage):
        counter.window.pages.turn_to(kind)
        counter.settle()
        for key in counter.window.findChildren(QAbstractButton):
            said = f"{key.accessibleName()} {key.toolTip()} {key.accessibleDescription()}"
            assert not re.search(r"(Shift|Ctrl)\s?\+", said), said


def test_help_lists_every_key_that_does_something(counter: Counter) -> None:
    from tofan_pos.ui.counter.bindings import _PLAIN, _WITH_SHIFT, listed  # noqa: PLC0415

    keys = " ".join(row.key for _, rows in listed(counter.window.say) for row in rows)
    for key in _PLAIN:
        assert f"F{key - Qt.Key.Key_F1 + 1}" in keys
    for key in _WITH_SHIFT:
        assert f"Shift F{key - Qt.Key.Key_F1 + 1}" in keys
