"""Scenes of what comes back, what waits, and everything else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.screens.selling import after_three, done_scene, three
from tests.screens.stage import Play, Stage, do, press, say_scene, scan_scene
from tests.ui.learning_host import trainer_of
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.parked_page import ParkedPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage

# --- what comes back --------------------------------------------------------------------------


def number_scene(stage: Stage, *codes: str) -> str:
    scan_scene(stage, *codes)
    stage.window.sale.pay([Tender(TenderKind.CASH, 20_000_00)])
    stage.window.serving.doing.back()
    return last_scene(stage)


def last_scene(stage: Stage) -> str:
    stored = stage.desk.store.last_sale()
    return stored.sale.number if stored else ""


def return_one(stage: Stage) -> None:
    scan_scene(stage, number_scene(stage, "TF-WEA-001"))
    stage.window.pages.of(ReturnPage).pieces.reasons.pick(0)


def return_part(stage: Stage) -> None:
    codes = ("TF-IND-001",) * 3 + ("TF-BAS-002",) * 2 + ("TF-EMB-004", "TF-WOO-001")
    number = number_scene(stage, *codes)
    refunds = stage.desk.refunds
    refunds.refund(refunds.find(number), {0: 1, 3: 1}, say_scene(stage, "สีไม่ถูกใจ", "Colour"))
    scan_scene(stage, number)
    page = stage.window.pages.of(ReturnPage)
    page.stepped.emit(0, 1)
    page.stepped.emit(1, 2)
    page.pieces.reasons.pick(1)


def return_forty(stage: Stage) -> None:
    scan_scene(stage, last_scene(stage))
    page = stage.window.pages.of(ReturnPage)
    page.stepped.emit(0, 1)


def too_many(stage: Stage) -> None:
    return_one(stage)
    stage.window.pages.of(ReturnPage).scanned.emit("TF-WEA-001")


def no_receipt(stage: Stage) -> None:
    do(stage, Deed.RETURN)
    page = stage.window.pages.of(ReturnPage)
    page.no_receipt_wanted.emit()
    page.scanned.emit("TF-WEA-002")
    page.scanned.emit("TF-PAN-006")


def offered_scene(stage: Stage) -> None:
    no_receipt(stage)
    page = stage.window.pages.of(ReturnPage)
    text = say_scene(stage, "ผ้า", "cotton")
    page.entry.setText(text)
    page.typed.emit(text)


def not_found(stage: Stage) -> None:
    do(stage, Deed.RETURN)
    page = stage.window.pages.of(ReturnPage)
    page.entry.setText("TRY1-R000999")
    page.press()


def returned_scene(stage: Stage) -> None:
    return_one(stage)
    stage.window.pages.of(ReturnPage).press()


def exchange_scene(*codes: str) -> Play:
    def play(stage: Stage) -> None:
        scan_scene(stage, number_scene(stage, "TF-WEA-002"))
        page = stage.window.pages.of(ReturnPage)
        page.pieces.reasons.pick(0)
        page.exchange_wanted.emit(page.pieces.reasons.reason)
        scan_scene(stage, *codes)

    return play


def exchange_pay(*codes: str) -> Play:
    def play(stage: Stage) -> None:
        exchange_scene(*codes)(stage)
        stage.window.serving.doing.open_payment()

    return play


def exchanged(stage: Stage) -> None:
    exchange_pay("TF-BAS-002")(stage)
    press(stage)


def receipt_at(row: int) -> Play:
    def play(stage: Stage) -> None:
        do(stage, Deed.RECEIPT)
        page = stage.window.pages.of(ReceiptsPage)
        key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        for _ in range(row):
            page.key(key)
        page.show_receipts(page.receipts)

    return play


def searched(text: str) -> Play:
    def play(stage: Stage) -> None:
        do(stage, Deed.RECEIPT)
        page = stage.window.pages.of(ReceiptsPage)
        page.entry.setText(text)
        page.search()

    return play


def receipt_done(wish: str) -> Play:
    def play(stage: Stage) -> None:
        done_scene(stage)
        do(stage, Deed.RECEIPT)
        one = stage.window.pages.of(ReceiptsPage).one
        getattr(one, wish).emit(last_scene(stage))

    return play


def void_reason(stage: Stage) -> None:
    done_scene(stage)
    do(stage, Deed.RECEIPT)
    one = stage.window.pages.of(ReceiptsPage).one
    one._do("F7")  # noqa: SLF001 - as its key does
    one.reasons.pick(0)


def voided_scene(stage: Stage) -> None:
    void_reason(stage)
    stage.window.pages.of(ReceiptsPage).press()


def reprint_again(stage: Stage) -> None:
    done_scene(stage)
    stage.desk.reprints.reprint()
    do(stage, Deed.RECEIPT)
    stage.window.pages.of(ReceiptsPage).one.reprint_wanted.emit(last_scene(stage))


def park_named(stage: Stage) -> None:
    after_three(Deed.PARK)(stage)
    stage.window.pages.of(ParkedPage).entry.setText(say_scene(stage, "คุณเสื้อฟ้า", "Blue shirt"))


def training_scene(stage: Stage) -> None:
    window = stage.window
    trainer = trainer_of(window)
    trainer.look()
    for _ in range(5):
        stage.settle()
        QApplication.processEvents()


def training_selling(stage: Stage) -> None:
    training_scene(stage)
    grid = stage.window.pages.of(OpenPage).grid
    grid.field(1000_00).setText("2")
    stage.window.pages.of(OpenPage).press()
    stage.settle()
    three(stage)
    for _ in range(5):
        stage.settle()
        QApplication.processEvents()
