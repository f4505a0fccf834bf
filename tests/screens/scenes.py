"""What is shown on each picture: a name, the till it needs, and how the window gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.screens.worlds import PINS, World
from tests.ui.learning_host import trainer_of
from tofan_pos.counter.desk import Desk
from tofan_pos.domain.basket import Bearer, Discount, DiscountKind
from tofan_pos.domain.people import Role
from tofan_pos.domain.sale import Tender, TenderKind
from tofan_pos.ui.counter.approve import ApprovePage
from tofan_pos.ui.counter.bindings import Deed
from tofan_pos.ui.counter.close_day import ClosePage
from tofan_pos.ui.counter.counting import CountGrid
from tofan_pos.ui.counter.discount import DiscountPage
from tofan_pos.ui.counter.drawer_page import Act, DrawerPage
from tofan_pos.ui.counter.export import ExportPage
from tofan_pos.ui.counter.open_day import OpenPage
from tofan_pos.ui.counter.parked_page import ParkedPage
from tofan_pos.ui.counter.pay import PayPage
from tofan_pos.ui.counter.receipts_page import ReceiptsPage
from tofan_pos.ui.counter.return_page import ReturnPage
from tofan_pos.ui.counter.shelf import ShelfPage
from tofan_pos.ui.counter.staff_page import StaffPage
from tofan_pos.ui.counter.window import CounterWindow

_WRONG = "771529"


class Stage(Protocol):
    """Where a scene plays."""

    window: CounterWindow
    desk: Desk
    folder: str

    def settle(self) -> None:
        """Wait until nothing is under way."""
        ...


Play = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `large` ones are also drawn at other sizes of window and type.

    `who` is signed in, nobody where it is empty; `days` after the till was last used.
    """

    name: str
    play: Play
    world: World = World.SAMPLE
    who: str = "S1"
    days: int = 0
    training: bool = False
    large: bool = False


# --- hands ------------------------------------------------------------------------------------


def _scan(stage: Stage, *codes: str) -> None:
    for code in codes:
        stage.window.serving.entered(code, True)  # noqa: FBT003 - a scan


def _type(stage: Stage, text: str) -> None:
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)
    stage.window.serving.look_up(text)


def _do(stage: Stage, deed: Deed) -> None:
    stage.window.serving.doing.do(deed)
    stage.settle()


def _deed(deed: Deed) -> Play:
    return lambda stage: _do(stage, deed)


def _press(stage: Stage) -> None:
    stage.window.serving.doing.press_main()
    stage.settle()


def _say(stage: Stage, thai: str, english: str) -> str:
    return thai if stage.window.language == "th" else english


# --- selling ----------------------------------------------------------------------------------


def _three(stage: Stage) -> None:
    _scan(stage, "TF-WEA-001", "TF-IND-001", "TF-WEA-001", "TF-BAS-002")


def _empty(_: Stage) -> None:
    return


def _search(stage: Stage) -> None:
    _three(stage)
    _type(stage, _say(stage, "ผ้า", "cotton"))


def _nothing(stage: Stage) -> None:
    _type(stage, "zzzz")


def _refused(stage: Stage) -> None:
    _three(stage)
    _scan(stage, "2000000010013")


def _too_long(stage: Stage) -> None:
    stage.window.field.setText("8" * 10_000)
    _scan(stage, "8" * 10_000)
    stage.window.field.selectAll()


def _discounts(stage: Stage) -> None:
    say = stage.window.say
    _three(stage)
    off = Discount(
        kind=DiscountKind.PERCENT, value=10_00, reason=say("Member"), bearer=Bearer.BRAND
    )
    stage.window.sale.discount(off, whole=False)
    fifty = Discount(
        kind=DiscountKind.AMOUNT, value=50_00, reason=say("Festival"), bearer=Bearer.MALL
    )
    stage.window.sale.discount(fifty, whole=True)


def _promotions(stage: Stage) -> None:
    _scan(stage, *("TF-WOO-004",) * 4, "TF-EMB-004", "TF-BAS-006")
    stage.window.sale.choose(1)


def _forty(stage: Stage) -> None:
    _scan(stage, *(f"AW-N{n:02d}" for n in range(40)))


def _hostile(stage: Stage) -> None:
    _scan(stage, "AW-MARK", "AW-BIDI", "AW-MARKS", "AW-FREE", "AW-LONG")


def _gone(stage: Stage) -> None:
    _scan(stage, "AW-GONE")


def _rich(stage: Stage) -> None:
    _scan(stage, "AW-RICH")


def _after_three(deed: Deed) -> Play:
    def play(stage: Stage) -> None:
        _three(stage)
        _do(stage, deed)

    return play


def _rail(stage: Stage) -> None:
    _three(stage)
    _do(stage, Deed.SHELF)
    stage.window.pages.of(ShelfPage).rail.setCurrentRow(3)


# --- paying -----------------------------------------------------------------------------------


def _pay(stage: Stage) -> None:
    _three(stage)
    stage.window.serving.doing.open_payment()


def _typed(stage: Stage, text: str) -> None:
    _pay(stage)
    _enter_amount(stage, text)


def _enter_amount(stage: Stage, text: str) -> None:
    stage.window.field.setText(text)
    stage.window.field.textEdited.emit(text)


def _choose_tender(stage: Stage, place: int) -> None:
    stage.window.pages.of(PayPage).choose(place)


def _reference(stage: Stage) -> None:
    _typed(stage, "890")
    _choose_tender(stage, 0)
    _enter_amount(stage, "114477")


def _several(stage: Stage) -> None:
    _typed(stage, "500")
    _choose_tender(stage, -1)
    _enter_amount(stage, "300")
    _choose_tender(stage, 2)
    _enter_amount(stage, "MV-88120")
    stage.window.pages.of(PayPage).pay_typed("MV-88120")


def _long_tenders(stage: Stage) -> None:
    _scan(stage, "AW-RICH")
    stage.window.serving.doing.open_payment()
    for place, amount in ((1, "400000"), (2, "100000.25"), (3, "2000")):
        _enter_amount(stage, amount)
        _choose_tender(stage, place)
        if stage.window.pages.of(PayPage).asking is not None:
            stage.window.pages.of(PayPage).pay_typed("KBANK-2026112214050099")


def _done(stage: Stage) -> None:
    _three(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 5000_00)])


def _done_several(stage: Stage) -> None:
    _three(stage)
    stage.window.sale.pay([
        Tender(TenderKind.CARD, 890_00, code="CARD", reference="114477"),
        Tender(TenderKind.VOUCHER, 300_00, code="VOUCHER", reference="MV-88120"),
        Tender(TenderKind.CASH, 500_00),
    ])  # fmt: skip


def _rich_done(stage: Stage) -> None:
    _rich(stage)
    stage.window.sale.pay([Tender(TenderKind.CASH, 2_000_000_00)])


def _free(stage: Stage) -> None:
    _scan(stage, "AW-FREE")
    stage.window.serving.doing.open_payment()


def _discount_wrong(stage: Stage) -> None:
    _discounts(stage)
    _do(stage, Deed.DISCOUNT_BASKET)
    page = stage.window.pages.of(DiscountPage)
    page.value.setText("5000")
    page.press()


def _price(stage: Stage) -> None:
    _three(stage)
    _do(stage, Deed.DISCOUNT_LINE)
    page = stage.window.pages.of(DiscountPage)
    page.turn_to_price()
    page.value.setText("120")


def _priced(stage: Stage) -> None:
    _three(stage)
    stage.window.sale.override_price(120_00, _say(stage, "ฝาขาดเล็กน้อย", "Lid slightly torn"))


def _exported(stage: Stage) -> None:
    _done(stage)
    _do(stage, Deed.EXPORT)
    page = stage.window.pages.of(ExportPage)
    page.folder.setText(stage.folder)
    page.press()
    stage.settle()
    page.folder.setText("E:/tofan-export")


# --- people -----------------------------------------------------------------------------------


def _first_refused(stage: Stage) -> None:
    cover = stage.window.guard.first_run
    cover.name.setText("มะลิ")
    for digit in "123456":
        cover.pins.once.type(digit)


def _shut_out(stage: Stage) -> None:
    for _ in range(6):
        stage.window.guard.lock_page.given.emit("S1", _WRONG)


def _basket_waits(stage: Stage) -> None:
    _three(stage)
    _do(stage, Deed.LOCK)


def _hand_over(stage: Stage) -> None:
    _three(stage)
    _do(stage, Deed.HAND_OVER)


def _pin(stage: Stage, code: str, digits: int) -> None:
    who = stage.window.pages.of(ApprovePage).who
    if len(who.names.codes) > 1:
        who.names.choose(code)
    for digit in PINS[code][:digits]:
        who.pin.type(digit)


def _approve_discount(stage: Stage) -> None:
    _three(stage)
    _do(stage, Deed.DISCOUNT_LINE)
    page = stage.window.pages.of(DiscountPage)
    page.value.setText("25")
    page._reasons.pick(0)  # noqa: SLF001 - the page gives it by its keys
    page.press()
    _pin(stage, "S1", 3)


def _approve_wrong(stage: Stage) -> None:
    _ask_void(stage)
    stage.window.pages.of(ApprovePage).given.emit("S2", _WRONG)


def _ask_void(stage: Stage) -> None:
    _done(stage)
    _do(stage, Deed.RECEIPT)
    page = stage.window.pages.of(ReceiptsPage)
    page.one.void_wanted.emit(
        page.receipt.number if page.receipt else "", _say(stage, "คิดเงินผิด", "Mischarged")
    )


def _new_person(stage: Stage) -> None:
    _do(stage, Deed.STAFF)
    page = stage.window.pages.of(StaffPage)
    page.name.setText("ลำดวน")
    page.choose_role(Role.TRAINEE)
    for digit in "48291":
        page.pins.once.type(digit)


def _new_pin(stage: Stage) -> None:
    _do(stage, Deed.STAFF)
    page = stage.window.pages.of(StaffPage)
    page.names.choose("C1")
    for digit in "123456":
        page.pins.once.type(digit)


# --- the day ----------------------------------------------------------------------------------


def _count(grid: CountGrid, notes: dict[int, str]) -> None:
    for piece, pieces in notes.items():
        grid.field(piece).setText(pieces)


_NOTES = {1000_00: "2", 500_00: "1", 100_00: "14", 20_00: "23", 10_00: "7", 5_00: "12", 25: "3"}


def _counted_float(stage: Stage) -> None:
    page = stage.window.pages.of(OpenPage)
    _count(page.grid, _NOTES)
    page.grid.field(10_00).take()


def _nothing_counted(stage: Stage) -> None:
    stage.window.pages.of(OpenPage).press()


def _drawer(act: Act, *, amount: str = "", reason: int = 0) -> Play:
    def play(stage: Stage) -> None:
        _do(stage, Deed.DRAWER)
        page = stage.window.pages.of(DrawerPage)
        page.choose(act)
        page.amount.setText(amount)
        if act is Act.CHANGE_DRAWER:
            page.name.setText("B")
        else:
            page.reasons.pick(reason)
        if act is Act.PICKUP:
            page.bag.setText("B-0043")

    return play


def _drawer_done(stage: Stage) -> None:
    _drawer(Act.PAID_OUT, amount="120", reason=1)(stage)
    stage.window.pages.of(DrawerPage).press()


def _no_reason(stage: Stage) -> None:
    _do(stage, Deed.DRAWER)
    page = stage.window.pages.of(DrawerPage)
    page.amount.setText("500")
    page.press()


def _z(stage: Stage) -> None:
    stage.window.rooms.keeping._show_last_z()  # noqa: SLF001 - as the page's key does


def _closing(stage: Stage) -> None:
    _do(stage, Deed.CLOSE_DAY)
    _count(stage.window.pages.of(ClosePage).grid, _NOTES)


def _settled(off: int) -> Play:
    """Count what is there but for `off` satang."""

    def play(stage: Stage) -> None:
        expected = stage.desk.day.x().expected()
        _do(stage, Deed.CLOSE_DAY)
        page = stage.window.pages.of(ClosePage)
        page.grid.loose.setText(f"{(expected['cash'] + off) / 100:.2f}")
        for key, amount in expected.items():
            if key != "cash" and amount:
                page.grid.field(key).setText(f"{amount / 100:.2f}")
        page.press()
        stage.settle()

    return play


def _reason_missing(stage: Stage) -> None:
    _settled(-350_00)(stage)
    stage.window.pages.of(ClosePage).press()


def _closed(stage: Stage) -> None:
    _settled(20_00)(stage)
    page = stage.window.pages.of(ClosePage)
    page.settling.reasons.pick(0)
    page.settling.bag.setText("B-0044")
    page.press()
    stage.settle()


def _packed(stage: Stage) -> None:
    _closed(stage)
    page = stage.window.pages.of(ClosePage)
    page.press()
    stage.settle()
    _rename_pack(page)


def _rename_pack(page: ClosePage) -> None:
    """Show where a pack would lie on a counter's own computer."""
    lines = page.closed.lines_said.split("\n")
    shown = [f"E:/{Path(line).name}" if line.startswith("/") else line for line in lines]
    page.show_pack(shown)


def _pack_failed(stage: Stage) -> None:
    _closed(stage)
    Path(stage.folder).write_text("no folder")
    stage.window.serving.doing.exported_to = f"{stage.folder}/E"
    stage.window.pages.of(ClosePage).press()
    stage.settle()


# --- what comes back --------------------------------------------------------------------------


def _number(stage: Stage, *codes: str) -> str:
    _scan(stage, *codes)
    stage.window.sale.pay([Tender(TenderKind.CASH, 20_000_00)])
    stage.window.serving.doing.back()
    return _last(stage)


def _last(stage: Stage) -> str:
    stored = stage.desk.store.last_sale()
    return stored.sale.number if stored else ""


def _return_one(stage: Stage) -> None:
    _scan(stage, _number(stage, "TF-WEA-001"))
    stage.window.pages.of(ReturnPage).pieces.reasons.pick(0)


def _return_part(stage: Stage) -> None:
    codes = ("TF-IND-001",) * 3 + ("TF-BAS-002",) * 2 + ("TF-EMB-004", "TF-WOO-001")
    number = _number(stage, *codes)
    refunds = stage.desk.refunds
    refunds.refund(refunds.find(number), {0: 1, 3: 1}, _say(stage, "สีไม่ถูกใจ", "Colour"))
    _scan(stage, number)
    page = stage.window.pages.of(ReturnPage)
    page.stepped.emit(0, 1)
    page.stepped.emit(1, 2)
    page.pieces.reasons.pick(1)


def _return_forty(stage: Stage) -> None:
    _scan(stage, _last(stage))
    page = stage.window.pages.of(ReturnPage)
    page.stepped.emit(0, 1)


def _too_many(stage: Stage) -> None:
    _return_one(stage)
    stage.window.pages.of(ReturnPage).scanned.emit("TF-WEA-001")


def _no_receipt(stage: Stage) -> None:
    _do(stage, Deed.RETURN)
    page = stage.window.pages.of(ReturnPage)
    page.no_receipt_wanted.emit()
    page.scanned.emit("TF-WEA-002")
    page.scanned.emit("TF-PAN-006")


def _offered(stage: Stage) -> None:
    _no_receipt(stage)
    page = stage.window.pages.of(ReturnPage)
    text = _say(stage, "ผ้า", "cotton")
    page.entry.setText(text)
    page.typed.emit(text)


def _not_found(stage: Stage) -> None:
    _do(stage, Deed.RETURN)
    page = stage.window.pages.of(ReturnPage)
    page.entry.setText("TRY1-R000999")
    page.press()


def _returned(stage: Stage) -> None:
    _return_one(stage)
    stage.window.pages.of(ReturnPage).press()


def _exchange(*codes: str) -> Play:
    def play(stage: Stage) -> None:
        _scan(stage, _number(stage, "TF-WEA-002"))
        page = stage.window.pages.of(ReturnPage)
        page.pieces.reasons.pick(0)
        page.exchange_wanted.emit(page.pieces.reasons.reason)
        _scan(stage, *codes)

    return play


def _exchange_pay(*codes: str) -> Play:
    def play(stage: Stage) -> None:
        _exchange(*codes)(stage)
        stage.window.serving.doing.open_payment()

    return play


def _exchanged(stage: Stage) -> None:
    _exchange_pay("TF-BAS-002")(stage)
    _press(stage)


def _receipt_at(row: int) -> Play:
    def play(stage: Stage) -> None:
        _do(stage, Deed.RECEIPT)
        page = stage.window.pages.of(ReceiptsPage)
        key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        for _ in range(row):
            page.key(key)
        page.show_receipts(page.receipts)

    return play


def _searched(text: str) -> Play:
    def play(stage: Stage) -> None:
        _do(stage, Deed.RECEIPT)
        page = stage.window.pages.of(ReceiptsPage)
        page.entry.setText(text)
        page.search()

    return play


def _receipt_done(wish: str) -> Play:
    def play(stage: Stage) -> None:
        _done(stage)
        _do(stage, Deed.RECEIPT)
        one = stage.window.pages.of(ReceiptsPage).one
        getattr(one, wish).emit(_last(stage))

    return play


def _void_reason(stage: Stage) -> None:
    _done(stage)
    _do(stage, Deed.RECEIPT)
    one = stage.window.pages.of(ReceiptsPage).one
    one._do("F7")  # noqa: SLF001 - as its key does
    one.reasons.pick(0)


def _voided(stage: Stage) -> None:
    _void_reason(stage)
    stage.window.pages.of(ReceiptsPage).press()


def _reprint_again(stage: Stage) -> None:
    _done(stage)
    stage.desk.reprints.reprint()
    _do(stage, Deed.RECEIPT)
    stage.window.pages.of(ReceiptsPage).one.reprint_wanted.emit(_last(stage))


def _park_named(stage: Stage) -> None:
    _after_three(Deed.PARK)(stage)
    stage.window.pages.of(ParkedPage).entry.setText(_say(stage, "คุณเสื้อฟ้า", "Blue shirt"))


def _training(stage: Stage) -> None:
    window = stage.window
    trainer = trainer_of(window)
    trainer.look()
    for _ in range(5):
        stage.settle()
        QApplication.processEvents()


def _training_selling(stage: Stage) -> None:
    _training(stage)
    grid = stage.window.pages.of(OpenPage).grid
    grid.field(1000_00).setText("2")
    stage.window.pages.of(OpenPage).press()
    stage.settle()
    _three(stage)
    for _ in range(5):
        stage.settle()
        QApplication.processEvents()


_LIVED, _AWKWARD = World.LIVED, World.AWKWARD

SCENES = (
    Scene("first-run", _empty, World.BARE, who="", large=True),
    Scene("first-run-refused", _first_refused, World.BARE, who=""),
    Scene("lock", _empty, who="", large=True),
    Scene("lock-crowd", _empty, World.CROWD, who="", large=True),
    Scene("lock-shut-out", _shut_out, who=""),
    Scene("lock-basket-waits", _basket_waits),
    Scene("hand-over", _hand_over),
    Scene("open-empty", _empty, World.SHUT, large=True),
    Scene("open-counted", _counted_float, World.SHUT),
    Scene("open-nothing", _nothing_counted, World.SHUT),
    Scene("date-reminder", _empty, days=1, large=True),
    Scene("status-overdue", _three, World.CROWD, who="C22", days=1),
    Scene("empty", _empty, large=True),
    Scene("basket", _three, large=True),
    Scene("search", _search, large=True),
    Scene("nothing-found", _nothing),
    Scene("category", _rail),
    Scene("refused", _refused, large=True),
    Scene("too-long", _too_long),
    Scene("discounted", _discounts),
    Scene("promotions", _promotions, large=True),
    Scene("priced", _priced),
    Scene("story", _after_three(Deed.STORY)),
    Scene("forty-lines", _forty, _AWKWARD, large=True),
    Scene("hostile", _hostile, _AWKWARD),
    Scene("inactive", _gone, _AWKWARD),
    Scene("million", _rich, _AWKWARD, large=True),
    Scene("million-done", _rich_done, _AWKWARD),
    Scene("free", _free, _AWKWARD),
    Scene("payment", _pay, large=True),
    Scene("payment-typed", lambda stage: _typed(stage, "2000")),
    Scene("payment-short", lambda stage: _typed(stage, "500")),
    Scene("payment-reference", _reference),
    Scene("payment-several", _several, large=True),
    Scene("payment-long-tenders", _long_tenders, _AWKWARD),
    Scene("done", _done, large=True),
    Scene("done-several", _done_several),
    Scene("done-offline", _done, World.OFFLINE),
    Scene("discount-line", _after_three(Deed.DISCOUNT_LINE), large=True),
    Scene("discount-wrong", _discount_wrong),
    Scene("price-override", _price),
    Scene("void-asked", _after_three(Deed.VOID_BASKET)),
    Scene("approve-discount", _approve_discount, who="C1", large=True),
    Scene("approve-void", _ask_void, who="C1"),
    Scene("approve-wrong", _approve_wrong, who="C1"),
    Scene("reprint-again", _reprint_again, who="C1"),
    Scene("return-asked", _deed(Deed.RETURN), large=True),
    Scene("return-not-found", _not_found),
    Scene("return-one", _return_one, large=True),
    Scene("return-part", _return_part),
    Scene("return-forty", _return_forty, _AWKWARD),
    Scene("return-too-many", _too_many),
    Scene("return-no-receipt", _no_receipt),
    Scene("return-offered", _offered),
    Scene("returned", _returned, large=True),
    Scene("exchange-empty", _exchange()),
    Scene("exchange-dearer", _exchange("TF-IND-002")),
    Scene("exchange-cheaper", _exchange("TF-BAS-002"), large=True),
    Scene("exchange-pay", _exchange_pay("TF-IND-002")),
    Scene("exchange-pay-back", _exchange_pay("TF-BAS-002")),
    Scene("exchange-done", _exchanged),
    Scene("receipts", _receipt_at(0), _LIVED, large=True),
    Scene("receipts-refunded", _receipt_at(1), _LIVED),
    Scene("receipts-voided", _receipt_at(2), _LIVED),
    Scene("receipts-empty", _deed(Deed.RECEIPT)),
    Scene("receipts-none-fit", _searched("999999"), _LIVED),
    Scene("receipt-again", _receipt_done("reprint_wanted")),
    Scene("receipt-gift", _receipt_done("gift_wanted"), World.OFFLINE),
    Scene("receipt-void", _void_reason),
    Scene("receipt-voided", _voided),
    Scene("park", _after_three(Deed.PARK), large=True),
    Scene("park-named", _park_named),
    Scene("parked", _deed(Deed.PARK), _LIVED, large=True),
    Scene("parked-none", _deed(Deed.PARK)),
    Scene("drawer-in", _drawer(Act.PAID_IN, amount="500"), large=True),
    Scene("drawer-out", _drawer(Act.PAID_OUT, amount="120", reason=1)),
    Scene("drawer-safe", _drawer(Act.PICKUP, amount="12500", reason=1)),
    Scene("drawer-no-sale", _drawer(Act.NO_SALE)),
    Scene("drawer-change", _drawer(Act.CHANGE_DRAWER, amount="2000")),
    Scene("drawer-done", _drawer_done),
    Scene("drawer-no-reason", _no_reason),
    Scene("x-report", _deed(Deed.REPORT), _LIVED, large=True),
    Scene("last-z", _z, World.SHUT),
    Scene("close-count", _closing, _LIVED, large=True),
    Scene("close-empty", _deed(Deed.CLOSE_DAY)),
    Scene("close-short", _settled(-350_00), _LIVED, large=True),
    Scene("close-over", _settled(20_00), _LIVED),
    Scene("close-exact", _settled(0), _LIVED),
    Scene("close-reason-missing", _reason_missing, _LIVED),
    Scene("closed", _closed, _LIVED, large=True),
    Scene("packed", _packed, _LIVED),
    Scene("pack-failed", _pack_failed, _LIVED),
    Scene("staff", _deed(Deed.STAFF), large=True),
    Scene("staff-crowd", _deed(Deed.STAFF), World.CROWD),
    Scene("staff-new", _new_person),
    Scene("staff-pin", _new_pin),
    Scene("rights", _deed(Deed.RIGHTS), who="C1", large=True),
    Scene("help", _after_three(Deed.HELP), large=True),
    Scene("menu", _after_three(Deed.MENU), large=True),
    Scene("export", _after_three(Deed.EXPORT)),
    Scene("exported", _exported, large=True),
    Scene("training-begins", _training, training=True, large=True),
    Scene("training-sells", _training_selling, training=True),
)
